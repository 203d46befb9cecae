/** Gives `window.isocenter` its type. */
import '../preload/api.js'
