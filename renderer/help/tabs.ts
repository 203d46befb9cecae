export const helpTabs = ['shortcuts', 'steps', 'units', 'log', 'about'] as const
export type HelpTab = (typeof helpTabs)[number]
