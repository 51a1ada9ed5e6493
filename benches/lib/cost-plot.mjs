export const plotCosts = () => '';
