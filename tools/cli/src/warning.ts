/** A line for people about something that somebody should look at. */
export function warningLine(message: string, code: string): string {
  return `shardflake: warning: ${message} [${code}]\n`;
}
