/** Bytes in millions, to one decimal, for how much has been loaded. */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
