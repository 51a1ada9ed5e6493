/* Who is there and what he may: one file for the browser, since what the first load knows of each file it may fetch counts (ADR 18). */
export { AccountScreen } from '../features/account/account-screen';
export { EmergencyReviewScreen } from '../features/emergency/review-screen';
export { EmergencyScreen } from '../features/emergency/emergency-screen';
export { FactorDue } from '../features/account/factor-due';
export { PasskeyButton } from '../features/account/passkey-button';
export { SecondStep } from '../features/account/second-step';
export { SetPassword } from '../features/account/set-password';
export { StepUpDialog } from '../features/account/step-up-dialog';
