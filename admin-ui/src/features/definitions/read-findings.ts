import type { Finding } from '../../shared/contract.ts';
import { Problem } from '../../shared/http.ts';

/** The findings that a refused upload carries. */
export function readFindings(error: unknown): Finding[] {
  if (!(error instanceof Problem)) return [];
  const findings = error.body.details?.findings;
  return Array.isArray(findings) ? (findings as Finding[]) : [];
}
