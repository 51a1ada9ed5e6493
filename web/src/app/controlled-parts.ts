/* The screens of controlled medicines, near misses and branches as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { BranchesScreen } from '../features/controlled/branches-screen';
export { DestructionsScreen } from '../features/controlled/destructions-screen';
export { MaximaScreen } from '../features/controlled/maxima-screen';
export { NearMissesScreen } from '../features/controlled/near-misses-screen';
export { RegisterScreen } from '../features/controlled/register-screen';
export { SignOffScreen } from '../features/controlled/sign-off-screen';
