import { Button, Group, Text } from '@mantine/core';
import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dispensing.module.css';

/** Pixels of the picture that is kept: few enough for the 64 KiB the server takes. */
const WIDTH = 600;
const HEIGHT = 200;

/** A field to sign in with finger, pen or mouse; `onChange` gets the picture as PNG in base64, undefined when it is empty. */
export function SignaturePad({ onChange }: { onChange: (signature: string | undefined) => void }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDrawing = useRef(false);

  function draw(event: PointerEvent<HTMLCanvasElement>, starts: boolean): void {
    const pen = canvas.current?.getContext('2d');
    if (!pen || (!starts && !isDrawing.current)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    if (starts) {
      isDrawing.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      pen.lineWidth = 3;
      pen.lineCap = 'round';
      pen.beginPath();
      pen.moveTo(x, y);
      return;
    }
    pen.lineTo(x, y);
    pen.stroke();
  }

  function end(): void {
    if (!isDrawing.current) return;
    isDrawing.current = false;
    onChange(canvas.current?.toDataURL('image/png').split(',')[1]);
  }

  function clear(): void {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    onChange(undefined);
  }

  return (
    <div>
      <Group justify="space-between">
        <Text size="sm" fw={500}>
          {t('willCall.signature')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={clear}>
          {t('willCall.clearSignature')}
        </Button>
      </Group>
      <canvas
        ref={canvas}
        className={classes['signature']}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t('willCall.signature')}
        onPointerDown={(event) => draw(event, true)}
        onPointerMove={(event) => draw(event, false)}
        onPointerUp={end}
        onPointerCancel={end}
      />
    </div>
  );
}
