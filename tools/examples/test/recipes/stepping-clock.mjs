/** Put before a program: its clock goes back by an hour when it gets SIGUSR2. */
const HOUR_MS = 3_600_000;
const now = Date.now;

process.on("SIGUSR2", () => {
  Date.now = () => now() - HOUR_MS;
});
