/* The screens of the stations as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { FillScreen } from '../features/dispensing/fill-screen';
export { LabelRoute } from '../features/dispensing/label-route';
export { OwedScreen } from '../features/dispensing/owed-screen';
export { PickUpScreen } from '../features/dispensing/pick-up-screen';
export { StartScreen } from '../features/dispensing/start-screen';
export { VerifyScreen } from '../features/dispensing/verify-screen';
export { WillCallScreen } from '../features/dispensing/will-call-screen';
