import '@fontsource-variable/noto-sans-arabic/wght.css';
import './theme/kit-styles';
import './theme/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startI18n } from './i18n/i18n';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no element with id "root"');

const language = await startI18n();
createRoot(container).render(
  <StrictMode>
    <App language={language} />
  </StrictMode>,
);
