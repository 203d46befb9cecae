/** Lines of a plot, told apart on dark and on light. */
export const lineColours = ['#3f93cc', '#d9822b', '#4fa36a', '#b067cf', '#cf5c5c', '#8a949e'] as const
