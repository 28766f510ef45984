export const rbmTrainingIssues = {} as const;
