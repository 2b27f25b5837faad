import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate for 127.0.0.1 that is its own authority, as PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

export function makeCertificate(openssl: string): Certificate {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-certificate-"));
  const [cert, key] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=shardflake";
  const extension = ["-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync(openssl, [...request.split(" "), ...extension, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { cert, key, remove: () => rmSync(directory, { recursive: true }) };
}
