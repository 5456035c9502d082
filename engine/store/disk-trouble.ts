/** System error codes that are the disk's fault, not the caller's. */
const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large',
  EIO: 'the disk failed',
  EROFS: 'the disk is read-only',
  EACCES: 'the directory may not be written',
  EPERM: 'the directory may not be written',
  ENOENT: 'a file or a directory is missing',
  EEXIST: 'a part of its path is not a directory',
  ENOTDIR: 'a part of its path is not a directory',
  EMFILE: 'too many files are open',
};

/** What is wrong with the disk, in words; undefined: the error is not of the disk. */
export function diskTrouble(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}
