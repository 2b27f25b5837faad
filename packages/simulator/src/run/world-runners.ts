import { simulatePool } from "../pool-world/simulate-pool.js";
import { simulateSubject } from "../subject/run-subject.js";
import { simulateVirtual } from "../virtual/simulate-virtual.js";
import type { Runner } from "./runner.js";
import type { TestBed } from "./runner-for.js";

export function virtualRunner(): Runner {
  return simulateVirtual;
}

export function poolRunner(): Runner {
  return simulatePool;
}

export function subjectRunner({ subject }: Extract<TestBed, { kind: "subject" }>): Runner {
  return (scenario, options) => simulateSubject(scenario, subject, options);
}
