/**
 * Passwords of twelve characters or more that are guessed first: words every pharmacy and every keyboard suggests, and
 * the ones every published list begins with. Lower case, without spaces. Our own list, kept short on purpose: length
 * does the work, this keeps out the obvious.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
123456789012 1234567890123 12345678901234 123456789123 123456123456 012345678901 987654321098 098765432109
112233445566 111222333444 123123123123 321321321321 123321123321 147258369147 159357159357 121212121212
1234567890ab 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 qazwsxedcrfv qazwsxedc123
qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyqwerty qwerty123456 qwerty1234567 qwertyuiopas asdfghjkl123
asdfghjklasdf asdfasdfasdf zxcvbnm12345 zxcvbnmzxcvbnm abcdefghijkl abcdefghijklm abcdef123456 abc123abc123
abcd1234abcd aabbccddeeff a1b2c3d4e5f6 password1234 password12345 password123456 passwordpassword password2024
password2025 password2026 passw0rd1234 p@ssw0rd1234 p@ssword1234 p@ssw0rd12345 mypassword12 mypassword123
thisismypassword newpassword1 newpassword12 newpassword123 changeme1234 changeme12345 changemenow1 changemeplease
letmein12345 letmein123456 letmeinplease pleaseletmein welcome12345 welcome123456 welcomewelcome iloveyou1234
iloveyouforever iloveyou12345 administrator administrator1 administrator123 adminadmin12 adminadmin123 adminadminadmin
admin1234567 admin12345678 admin123456789 adminpassword adminpassword1 adminpassword123 rootpassword superuser1234
superadmin123 testpassword test12345678 testtesttest defaultpassword secretpassword topsecret1234 trustno1trustno1
correcthorsebatterystaple pharmacy1234 pharmacy12345 pharmacy123456 pharmacypharmacy pharmacist123 pharmacist1234
medicine1234 medicine12345 medicines123 meditory1234 meditory12345 meditorymeditory meditoryadmin meditory2026
drugstore123 drugstore1234 prescription prescription1 hospital1234 hospital12345 egypt1234567 cairo1234567
mohamed12345 mohamed123456 muhammad1234 ahmed1234567 football1234 liverpool123 sunshine1234 princess1234
dragondragon monkeymonkey superman1234 batman123456 starwars1234 computer1234 internet1234 whatever1234
`
    .trim()
    .split(/\s+/),
);
