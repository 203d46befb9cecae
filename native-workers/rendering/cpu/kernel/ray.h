// Rays of a job and their intersection with the volume's box.
#pragma once
#include "job.h"

static inline float min_float(float a, float b) { return a < b ? a : b; }
static inline float max_float(float a, float b) { return a > b ? a : b; }

typedef struct {
  float direction[3];  // index space; the point at alpha is source + alpha * direction
  float length_mm;
  float enter, leave;  // alpha range inside the box, within [0, 1]
  int hits;
  int capped;          // enters or leaves through an end of a volume that is shorter than the body
} Ray;

static inline float axis_vector(const float *base, const float *per_column, const float *per_row, int axis, int u, int v) {
  return base[axis] + (float)u * per_column[axis] + (float)v * per_row[axis];
}

// `low` and `margin`: the box reaches from `low` to size - 1 - low on every axis, less `margin` at its far side.
static inline Ray make_ray(const Job *job, int u, int v, float low, float margin) {
  Ray ray;
  float squared = 0.0f, lateral_enter = 0.0f, lateral_leave = 1.0f, cap_enter = 0.0f, cap_leave = 1.0f;
  for (int axis = 0; axis < 3; axis++) {
    float mm = axis_vector(job->basis_ray, job->basis_ray_per_column, job->basis_ray_per_row, axis, u, v);
    squared += mm * mm;
    float d = axis_vector(job->ray, job->ray_per_column, job->ray_per_row, axis, u, v);
    ray.direction[axis] = d;
    if (__builtin_fabsf(d) < 1e-8f) d = 1e-8f;
    float a = (low - job->source[axis]) / d;
    float b = ((float)(job->size[axis] - 1) - low - margin - job->source[axis]) / d;
    float near = min_float(a, b), far = max_float(a, b);
    if (axis == job->cap_axis) {
      cap_enter = near;
      cap_leave = far;
    } else {
      lateral_enter = max_float(lateral_enter, near);
      lateral_leave = min_float(lateral_leave, far);
    }
  }
  ray.length_mm = __builtin_sqrtf(squared);
  ray.enter = max_float(lateral_enter, cap_enter);
  ray.leave = min_float(lateral_leave, cap_leave);
  ray.hits = ray.enter < ray.leave;
  ray.capped = 0;
  if (job->cap_ends && lateral_enter < lateral_leave) {
    int upward = ray.direction[job->cap_axis] > 0.0f;
    int near_end = upward ? 1 : 2, far_end = upward ? 2 : 1;
    if (cap_enter > lateral_enter && (job->cap_ends & near_end)) ray.capped = 1;
    if (cap_leave < lateral_leave && (job->cap_ends & far_end)) ray.capped = 1;
  }
  return ray;
}
