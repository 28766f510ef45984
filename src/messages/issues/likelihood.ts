export const likelihoodIssues = {} as const;
