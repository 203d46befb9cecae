// Normal equations of windowed NCC (registration recipe §1). With rho = cov(a, b) / (sa sb) the loss of a window is
// 1 - rho; its Gauss-Newton Hessian is that of the standardised picture. Sobel NCC filters the picture and its six
// derivative planes alike, since the filter is linear.
#include "comparison.h"

typedef float float4 __attribute__((vector_size(16)));
typedef struct { float4 low, high; } Record;

static inline Record load_record(const float *p) {
  Record r;
  __builtin_memcpy(&r.low, p, 16);
  __builtin_memcpy(&r.high, p + 4, 16);
  return r;
}

static inline Record combine(Record a, Record b, Record c, Record d, Record e, Record f) {
  // (a - b) + 2 (c - d) + (e - f)
  return (Record){(a.low - b.low) + 2.0f * (c.low - d.low) + (e.low - f.low),
                  (a.high - b.high) + 2.0f * (c.high - d.high) + (e.high - f.high)};
}

// The (filtered) record at a pixel; 0 when it or a neighbour is not valid.
static inline int filtered_record(const Comparison *c, int u, int v, Record *out) {
  const Job *job = c->job;
  const float *p = job->out + ((long)v * job->width + u) * PIXEL_FLOATS;
  if (!c->filter) {
    if (p[PIXEL_VALID] == 0.0f) return 0;
    *out = load_record(p);
    out->high[2] -= c->mean_image;
    return 1;
  }
  if (u < 1 || v < 1 || u >= job->width - 1 || v >= job->height - 1) return 0;
  const long row = (long)job->width * PIXEL_FLOATS;
  Record n[9];
  int valid = 1;
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 3; i++) {
      const float *q = p + (j - 1) * row + (i - 1) * PIXEL_FLOATS;
      valid &= q[PIXEL_VALID] != 0.0f;
      n[3 * j + i] = load_record(q);
    }
  if (!valid) return 0;
  *out = c->filter == FILTER_SOBEL_X ? combine(n[2], n[0], n[5], n[3], n[8], n[6])
                                     : combine(n[6], n[0], n[7], n[1], n[8], n[2]);
  out->high[2] -= c->mean_image;
  out->high[3] = 1.0f;
  return 1;
}

static void accumulate_span(const Comparison *c, int v, int first, int last, Cell *cell) {
  const Job *job = c->job;
  Cell m = *cell;
  float4 low[9], high[9];
  for (int k = 0; k < 9; k++) {
    __builtin_memcpy(&low[k], &m.records[k][0], 16);
    __builtin_memcpy(&high[k], &m.records[k][4], 16);
  }
  for (int u = first; u < last; u++) {
    int pixel = v * job->width + u;
    if (c->target_valid && !c->target_valid[pixel]) continue;
    Record r;
    if (!filtered_record(c, u, v, &r)) continue;
    float a = c->target[pixel] - c->mean_target;
    m.target_squared += a * a;
    m.target_sum += a;
    for (int k = 0; k < 4; k++) {
      low[k] += r.low * r.low[k];
      high[k] += r.high * r.low[k];
    }
    for (int k = 0; k < 3; k++) {
      low[4 + k] += r.low * r.high[k];
      high[4 + k] += r.high * r.high[k];
    }
    low[7] += r.low;
    high[7] += r.high;
    low[8] += r.low * a;
    high[8] += r.high * a;
  }
  for (int k = 0; k < 9; k++) {
    __builtin_memcpy(&m.records[k][0], &low[k], 16);
    __builtin_memcpy(&m.records[k][4], &high[k], 16);
  }
  *cell = m;
}

void accumulate_cells(const Comparison *c, int cell_row) {
  Cell *cells = c->cells + (long)cell_row * c->columns;
  __builtin_memset(cells, 0, sizeof(Cell) * c->columns);
  if (c->cell_pixels == 0) {
    accumulate_span(c, cell_row, 0, c->job->width, cells);
    return;
  }
  for (int y = 0; y < c->cell_pixels; y++)
    for (int x = 0; x < c->columns; x++)
      accumulate_span(c, cell_row * c->cell_pixels + y, x * c->cell_pixels, (x + 1) * c->cell_pixels, cells + x);
}

static void add_cell(double m[74], const Cell *cell) {
  for (int k = 0; k < 9; k++)
    for (int q = 0; q < 8; q++) m[8 * k + q] += cell->records[k][q];
  m[72] += cell->target_squared;
  m[73] += cell->target_sum;
}

static void add_window(const Comparison *c, const double m[74], double pixels, WindowSums *sums) {
  double n = m[63];
  if (n < 4.0 || n < c->min_valid_fraction * pixels) return;
  double mean_b = m[62] / n, mean_a = m[73] / n;
  double var_b = m[54] / n - mean_b * mean_b + c->epsilon_image;
  double var_a = m[72] / n - mean_a * mean_a + c->epsilon_target;
  if (var_a <= 0.0 || var_b <= 0.0) return;
  double covariance = m[70] / n - mean_a * mean_b;
  double scale = __builtin_sqrt(var_a * var_b), rho = covariance / scale, weight = 1.0, loss = 1.0 - rho;
  if (c->robust_scale > 0.0f) {
    // exp(-x) for x >= 0 as (1 - x/256)^256: the kernel has no libm; the weight needs no more accuracy.
    double base = 1.0 - loss / c->robust_scale / 256.0;
    for (int i = 0; i < 8; i++) base *= base;
    weight = base;
    loss = c->robust_scale * (1.0 - weight);
  }
  sums->loss += loss;
  sums->weight += 1.0;
  double mean_j[6], cov_bj[6];
  for (int k = 0; k < 6; k++) {
    mean_j[k] = m[56 + k] / n;
    cov_bj[k] = m[48 + k] / n - mean_j[k] * mean_b;
    double cov_aj = m[64 + k] / n - mean_j[k] * mean_a;
    sums->gradient[k] -= weight * (cov_aj / scale - rho * cov_bj[k] / var_b);
  }
  int entry = 0;
  for (int p = 0; p < 6; p++)
    for (int q = 0; q <= p; q++)
      sums->hessian[entry++] +=
          weight * (m[8 * p + q] / n - mean_j[p] * mean_j[q] - cov_bj[p] * cov_bj[q] / var_b) / var_b;
}

void sum_windows(const Comparison *c, int window_row) {
  WindowSums *sums = c->window_rows + window_row;
  __builtin_memset(sums, 0, sizeof(WindowSums));
  double m[74];
  if (c->cell_pixels == 0) {
    __builtin_memset(m, 0, sizeof(m));
    for (int y = 0; y < c->rows; y++) add_cell(m, c->cells + y);
    add_window(c, m, (double)c->job->width * c->job->height, sums);
    return;
  }
  double pixels = 9.0 * c->cell_pixels * c->cell_pixels;
  for (int x = 0; x + 3 <= c->columns; x++) {
    __builtin_memset(m, 0, sizeof(m));
    for (int j = 0; j < 3; j++)
      for (int i = 0; i < 3; i++) add_cell(m, c->cells + (long)(window_row + j) * c->columns + x + i);
    add_window(c, m, pixels, sums);
  }
}
