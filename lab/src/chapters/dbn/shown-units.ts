/** Hidden units that are shown of a layer. */
export const shownUnits = 60;
