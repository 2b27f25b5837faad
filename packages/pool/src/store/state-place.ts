import { homedir } from "node:os";
import { join } from "node:path";

/** The environment variables that a store's default place depends on. */
export type StoreEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Where the embedded store lives unless told otherwise: $SHARDFLAKE_STATE_DIR, else the platform's directory for state.
 */
export function stateDirectory(
  environment: StoreEnvironment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment.SHARDFLAKE_STATE_DIR;
  if (chosen !== undefined && chosen !== "") return chosen;
  return join(platformStateDirectory(environment, platform), "shardflake");
}

function platformStateDirectory(environment: StoreEnvironment, platform: NodeJS.Platform): string {
  const home = environment.HOME || homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support");
  if (platform === "win32") return environment.LOCALAPPDATA || join(home, "AppData", "Local");
  return environment.XDG_STATE_HOME || join(home, ".local", "state");
}
