import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Tells one patient's time in the window from the next one's, for work that ends after it. */
export const usePatientSessionStore = defineStore('patient-session', () => {
  const epoch = ref(0)

  /** All that is open belongs to another patient, project or to nobody from now on. */
  function begin(): void {
    epoch.value++
  }

  return { epoch, begin }
})
