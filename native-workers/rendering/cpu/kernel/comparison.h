// Comparison of a rendered picture with its X-ray: windows of NCC as one Gauss-Newton formula.
#pragma once
#include "job.h"

// Moments of a cell: 8x8 products of the pixel record with itself (rows J0..5, image, 1), products with the target.
typedef struct {
  float records[9][8];  // rows 0..5: record * J_k, 6: record * image, 7: sum of records, 8: record * target
  float target_squared, target_sum;
} Cell;

typedef struct {
  double loss, gradient[6], hessian[21], weight;
} WindowSums;

enum { FILTER_NONE = 0, FILTER_SOBEL_X = 1, FILTER_SOBEL_Y = 2 };

typedef struct {
  const Job *job;
  int filter;
  int cell_pixels;           // edge of a cell; a window is 3x3 cells; 0: one window, cells are rows
  int columns, rows;         // cells
  Cell *cells;
  WindowSums *window_rows;   // one per row of windows (one in all for the global window)
  const float *target;       // filtered as the picture is
  const unsigned char *target_valid;
  float mean_target, mean_image;
  float epsilon_target, epsilon_image;  // added to the variances
  float robust_scale;        // 0: plain 1 - rho
  float min_valid_fraction;
} Comparison;

_Static_assert(sizeof(Cell) == 74 * 4, "comparison-layout.ts");
_Static_assert(sizeof(WindowSums) == 29 * 8, "comparison-layout.ts");
_Static_assert(sizeof(Comparison) == 15 * 4, "comparison-layout.ts");

void accumulate_cells(const Comparison *comparison, int cell_row);
void sum_windows(const Comparison *comparison, int window_row);
