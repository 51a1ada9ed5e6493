const STORAGE_KEY = 'meditory.unlocked-by';
const MOST = 6;

/** Sign-in names that unlocked this screen lately, the last first. */
export function recentUsers(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((one): one is string => typeof one === 'string').slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

/** Notes a sign-in name as the last one. */
export function rememberUser(username: string): void {
  const names = [username, ...recentUsers().filter((one) => one !== username)].slice(0, MOST);
  localStorage.setItem(STORAGE_KEY, JSON.stringify(names));
}
