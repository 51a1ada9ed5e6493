/** The mark of Meditory: an M, which is also a pack seen from above. Decorative beside the name. */
export function BrandMark({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0f5f66" />
      <path
        d="M8 23V10.5a1.5 1.5 0 0 1 2.6-1l5.4 6 5.4-6a1.5 1.5 0 0 1 2.6 1V23"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
