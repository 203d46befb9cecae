// Work sharing: every thread, the caller included, takes items from one atomic counter until none are left.
// Which thread computes an item never changes its result, so pictures and sums do not depend on the threads.
// A helper that wakes late must neither hold up a finished round nor touch the next one with this one's numbers:
// the counter carries its round's generation, and the caller moves the generation on before it changes a field.
#include "comparison.h"

void render_image_row(const Job *job, int v);
void render_jacobian_row(const Job *job, int v);
void render_siddon_row(const Job *job, int v);
void render_siddon_channels_row(const Job *job, int v);
void render_trilinear_channels_row(const Job *job, int v);

enum { TASK_RENDER = 0, TASK_CELLS = 1, TASK_WINDOWS = 2, TASK_BATCH = 3 };
enum { ROWS_PER_ITEM = 4, SPIN_LIMIT = 20000 };

typedef struct {
  long long counter;  // generation << 32 | next item
  int generation;     // helpers wait for it to change
  int done;           // items finished
  int quit;
  int item_count;
  int items_per_unit;  // items per job or comparison (of the largest of them)
  int task;
  const Job *jobs;
  const Comparison *comparisons;
} Control;

_Static_assert(sizeof(Control) == 40, "render-threads.ts");

static void render_row(const Job *job, int v) {
  switch (job->mode) {
    case RENDER_IMAGE: render_image_row(job, v); break;
    case RENDER_JACOBIAN: render_jacobian_row(job, v); break;
    case RENDER_SIDDON: render_siddon_row(job, v); break;
    case RENDER_SIDDON_CHANNELS: render_siddon_channels_row(job, v); break;
    case RENDER_TRILINEAR_CHANNELS: render_trilinear_channels_row(job, v); break;
  }
}

static int window_rows(const Comparison *c) { return c->cell_pixels == 0 ? 1 : c->rows - 2; }

// Renders a small picture and sums its global window, alone in one item: batches of poses scale over threads.
static void evaluate_whole(const Job *job, Comparison comparison) {
  comparison.job = job;
  double sums[5] = {0, 0, 0, 0, 0};
  for (int v = 0; v < job->height; v++) {
    render_row(job, v);
    for (int q = 0; q < 5; q++) sums[q] += job->row_sums[5 * v + q];
  }
  if (sums[0] > 0.0) {
    comparison.mean_target = (float)(sums[1] / sums[0]);
    comparison.mean_image = (float)(sums[2] / sums[0]);
  }
  for (int row = 0; row < comparison.rows; row++) accumulate_cells(&comparison, row);
  for (int row = 0; row < window_rows(&comparison); row++) sum_windows(&comparison, row);
}

static void run_item(const Control *control, int item) {
  int unit = item / control->items_per_unit, part = item % control->items_per_unit;
  switch (control->task) {
    case TASK_RENDER: {
      const Job *job = control->jobs + unit;
      int last = (part + 1) * ROWS_PER_ITEM;
      if (last > job->height) last = job->height;
      for (int v = part * ROWS_PER_ITEM; v < last; v++) render_row(job, v);
      break;
    }
    case TASK_CELLS:
      if (part < control->comparisons[unit].rows) accumulate_cells(control->comparisons + unit, part);
      break;
    case TASK_WINDOWS:
      if (part < window_rows(control->comparisons + unit)) sum_windows(control->comparisons + unit, part);
      break;
    case TASK_BATCH: evaluate_whole(control->jobs + item, control->comparisons[item]); break;
  }
}

// Takes a ticket only while the counter still belongs to this round: a helper that comes late must not consume one of
// the next round's.
static int take_ticket(Control *control, int generation) {
  long long ticket = __atomic_load_n(&control->counter, __ATOMIC_SEQ_CST);
  for (;;) {
    int item = (int)(ticket & 0xffffffffLL);
    int count = __atomic_load_n(&control->item_count, __ATOMIC_SEQ_CST);
    if ((int)(ticket >> 32) != generation || item >= count) return -1;
    if (__atomic_compare_exchange_n(&control->counter, &ticket, ticket + 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      return item;
  }
}

static void take_items(Control *control, int generation) {
  int finished = 0, item;
  while ((item = take_ticket(control, generation)) >= 0) {
    run_item(control, item);
    finished++;
  }
  if (finished == 0) return;
  __atomic_fetch_add(&control->done, finished, __ATOMIC_SEQ_CST);
  __builtin_wasm_memory_atomic_notify(&control->done, 1);
}

// Runs one round on the calling thread and up to `helpers` others, and returns when all of its items are done.
void run_round(Control *control, int helpers, int task, const Job *jobs, const Comparison *comparisons, int item_count,
               int items_per_unit) {
  int generation = (control->generation + 1) & 0x3fffffff;
  long long first = (long long)generation << 32;
  __atomic_store_n(&control->counter, first | 0x3fffffff, __ATOMIC_SEQ_CST);
  control->task = task;
  control->jobs = jobs;
  control->comparisons = comparisons;
  control->items_per_unit = items_per_unit;
  __atomic_store_n(&control->done, 0, __ATOMIC_SEQ_CST);
  __atomic_store_n(&control->item_count, item_count, __ATOMIC_SEQ_CST);
  __atomic_store_n(&control->counter, first, __ATOMIC_SEQ_CST);
  __atomic_store_n(&control->generation, generation, __ATOMIC_SEQ_CST);
  if (helpers > 0) __builtin_wasm_memory_atomic_notify(&control->generation, (unsigned)helpers);
  take_items(control, generation);
  int spins = 0, done;
  while ((done = __atomic_load_n(&control->done, __ATOMIC_SEQ_CST)) < item_count)
    if (++spins > SPIN_LIMIT) __builtin_wasm_memory_atomic_wait32(&control->done, done, 1000000);
}

// The life of a helper thread. It spins briefly between rounds, since the next one usually follows within microseconds.
void serve_rounds(Control *control, int seen) {
  for (;;) {
    int spins = 0, generation;
    while ((generation = __atomic_load_n(&control->generation, __ATOMIC_SEQ_CST)) == seen) {
      if (__atomic_load_n(&control->quit, __ATOMIC_SEQ_CST)) return;
      if (++spins > SPIN_LIMIT) __builtin_wasm_memory_atomic_wait32(&control->generation, seen, -1);
    }
    if (__atomic_load_n(&control->quit, __ATOMIC_SEQ_CST)) return;
    seen = generation;
    take_items(control, generation);
  }
}

// Sums over all cells of n, b and bb, for the variance that scales epsilon.
void total_moments(const Comparison *c, double out[3]) {
  out[0] = out[1] = out[2] = 0.0;
  for (int k = 0; k < c->rows * c->columns; k++) {
    out[0] += c->cells[k].records[7][7];
    out[1] += c->cells[k].records[7][6];
    out[2] += c->cells[k].records[6][6];
  }
}
