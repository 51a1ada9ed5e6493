/// <reference types="vite/client" />
declare module '*.module.css';
