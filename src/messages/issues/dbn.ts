export const dbnIssues = {} as const;
