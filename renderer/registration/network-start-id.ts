/** Of the element that shows the networks of a start, to bring it into sight. */
export const networkStartId = 'network-start'
