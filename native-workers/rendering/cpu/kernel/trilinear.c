// Trilinear ray marching, and its fused derivative to a rigid twist of the camera (spec §1.8, §1.10).
// Four corners of a cell face fill one SIMD register, so a sample costs four half loads and no gathers.
#include <wasm_simd128.h>
#include "ray.h"

typedef float float4 __attribute__((vector_size(16)));
typedef int int4 __attribute__((vector_size(16)));

static inline float4 splat(float a) { return (float4){a, a, a, a}; }
static inline float sum4(float4 a) { return (a[0] + a[1]) + (a[2] + a[3]); }

static inline float4 load_face(const float *row0, const float *row1) {
  v128_t pair = wasm_v128_load64_zero(row0);
  return (float4)wasm_v128_load64_lane(row1, pair, 1);
}

typedef struct {
  float first_alpha, step_alpha, step_mm;
  int first, last;
} Samples;

static inline Samples make_samples(const Job *job, const Ray *ray) {
  Samples s = {0.0f, 0.0f, 0.0f, 1, 0};
  if (!ray->hits) return s;
  if (job->step_mm > 0.0f) {
    s.step_alpha = job->step_mm / ray->length_mm;
    s.step_mm = job->step_mm;
    s.first = (int)__builtin_ceilf(ray->enter / s.step_alpha);
    s.last = (int)__builtin_floorf(ray->leave / s.step_alpha);
  } else {
    s.first_alpha = job->alpha_first;
    s.step_alpha = job->alpha_step;
    s.step_mm = job->alpha_step * ray->length_mm;
    s.first = (int)__builtin_ceilf((ray->enter - s.first_alpha) / s.step_alpha);
    s.last = (int)__builtin_floorf((ray->leave - s.first_alpha) / s.step_alpha);
    if (s.first < 0) s.first = 0;
    if (s.last > job->sample_count - 1) s.last = job->sample_count - 1;
  }
  return s;
}

// Four consecutive samples: alphas, cell corners and fractions.
typedef struct {
  int4 base;
  float4 fx, fy, fz;
  int count;
} Quad;

static inline Quad make_quad(const Job *job, const Ray *ray, const Samples *s, int k) {
  float4 index = splat((float)k) + (float4){0, 1, 2, 3};
  float4 alpha = s->first_alpha + index * s->step_alpha;
  float4 x = job->source[0] + alpha * ray->direction[0];
  float4 y = job->source[1] + alpha * ray->direction[1];
  float4 z = job->source[2] + alpha * ray->direction[2];
  Quad q;
  q.count = s->last - k + 1;
  if (q.count < 4) {
    int4 inside = index <= splat((float)s->last);
    x = (float4)((int4)x & inside);
    y = (float4)((int4)y & inside);
    z = (float4)((int4)z & inside);
  } else {
    q.count = 4;
  }
  int4 ix = (int4)wasm_i32x4_trunc_sat_f32x4((v128_t)x);
  int4 iy = (int4)wasm_i32x4_trunc_sat_f32x4((v128_t)y);
  int4 iz = (int4)wasm_i32x4_trunc_sat_f32x4((v128_t)z);
  q.fx = x - (float4)wasm_f32x4_convert_i32x4((v128_t)ix);
  q.fy = y - (float4)wasm_f32x4_convert_i32x4((v128_t)iy);
  q.fz = z - (float4)wasm_f32x4_convert_i32x4((v128_t)iz);
  int row = job->size[0], slice = job->size[0] * job->size[1];
  q.base = iz * slice + iy * row + ix;
  return q;
}

// Weights of the four corners along x are C0 + fx * S0, along y C1 + fy * S1.
#define C0 ((float4){1, 0, 1, 0})
#define S0 ((float4){-1, 1, -1, 1})
#define C1 ((float4){1, 1, 0, 0})
#define S1 ((float4){-1, -1, 1, 1})

static inline float march(const Job *job, const Ray *ray, const Samples *s) {
  const int row = job->size[0], slice = job->size[0] * job->size[1];
  float4 total = splat(0);
#define SAMPLE(j)                                                          \
  {                                                                        \
    const float *p = job->voxels + q.base[j];                              \
    float4 low = load_face(p, p + row);                                    \
    float4 high = load_face(p + slice, p + slice + row);                   \
    float4 value = low + q.fz[j] * (high - low);                           \
    total += value * ((C0 + q.fx[j] * S0) * (C1 + q.fy[j] * S1));          \
  }
  for (int k = s->first; k <= s->last; k += 4) {
    Quad q = make_quad(job, ray, s, k);
    if (q.count == 4) {
      SAMPLE(0) SAMPLE(1) SAMPLE(2) SAMPLE(3)
    } else {
      SAMPLE(0)
      if (q.count > 1) SAMPLE(1)
      if (q.count > 2) SAMPLE(2)
    }
  }
#undef SAMPLE
  return sum4(total) * s->step_mm;
}

// Sum of alpha-weighted gradients without a multiplication per sample: with prefix sums P_k of g,
// sum (k - first) g_k = (count) P_last - sum P_k + ... (Abel summation).
static inline void march_jacobian(const Job *job, const Ray *ray, const Samples *s, float *image, float g[3], float h[3]) {
  const int row = job->size[0], slice = job->size[0] * job->size[1];
  float4 total = splat(0), gx = total, gy = total, gz = total, px = total, py = total, pz = total;
#define SAMPLE(j)                                                          \
  {                                                                        \
    const float *p = job->voxels + q.base[j];                              \
    float4 low = load_face(p, p + row);                                    \
    float4 rise = load_face(p + slice, p + slice + row) - low;             \
    float4 value = low + q.fz[j] * rise;                                   \
    float4 wx = C0 + q.fx[j] * S0, wy = C1 + q.fy[j] * S1;                 \
    float4 along_y = value * wy;                                           \
    total += along_y * wx;                                                 \
    gx += along_y;                                                         \
    gy += value * wx;                                                      \
    gz += rise * (wx * wy);                                                \
    px += gx;                                                              \
    py += gy;                                                              \
    pz += gz;                                                              \
  }
  for (int k = s->first; k <= s->last; k += 4) {
    Quad q = make_quad(job, ray, s, k);
    if (q.count == 4) {
      SAMPLE(0) SAMPLE(1) SAMPLE(2) SAMPLE(3)
    } else {
      SAMPLE(0)
      if (q.count > 1) SAMPLE(1)
      if (q.count > 2) SAMPLE(2)
    }
  }
#undef SAMPLE
  *image = sum4(total) * s->step_mm;
  g[0] = sum4(gx * S0) * s->step_mm;
  g[1] = sum4(gy * S1) * s->step_mm;
  g[2] = sum4(gz) * s->step_mm;
  float prefix[3] = {sum4(px * S0) * s->step_mm, sum4(py * S1) * s->step_mm, sum4(pz) * s->step_mm};
  float past_last = s->first_alpha + (float)(s->last + 1) * s->step_alpha;
  for (int axis = 0; axis < 3; axis++) h[axis] = past_last * g[axis] - s->step_alpha * prefix[axis];
}

static inline void to_basis(const Job *job, const float a[3], float out[3]) {
  const float *m = job->basis_gradient;
  for (int r = 0; r < 3; r++) out[r] = m[3 * r] * a[0] + m[3 * r + 1] * a[1] + m[3 * r + 2] * a[2];
}

static inline void cross(const float a[3], const float b[3], float out[3]) {
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}

void render_image_row(const Job *job, int v) {
  for (int u = 0; u < job->width; u++) {
    int pixel = v * job->width + u;
    if (job->valid && !job->valid[pixel]) {
      job->out[pixel] = 0.0f;
      continue;
    }
    Ray ray = make_ray(job, u, v, 0.0f, 1e-3f);
    Samples samples = make_samples(job, &ray);
    job->out[pixel] = march(job, &ray, &samples);
  }
}

// Writes the pixel records of one row and its sums for the means.
void render_jacobian_row(const Job *job, int v) {
  float sums[5] = {0, 0, 0, 0, 0};
  for (int u = 0; u < job->width; u++) {
    int pixel = v * job->width + u;
    float *record = job->out + (long)pixel * PIXEL_FLOATS;
    int use = !job->valid || job->valid[pixel];
    Ray ray;
    if (use) {
      ray = make_ray(job, u, v, 0.0f, 1e-3f);
      use = !ray.capped;
    }
    if (!use) {
      for (int q = 0; q < PIXEL_FLOATS; q++) record[q] = 0.0f;
      continue;
    }
    Samples samples = make_samples(job, &ray);
    float image, g[3], h[3], gb[3], hb[3], direction[3], first[3], second[3];
    march_jacobian(job, &ray, &samples, &image, g, h);
    to_basis(job, g, gb);
    to_basis(job, h, hb);
    for (int axis = 0; axis < 3; axis++)
      direction[axis] = axis_vector(job->basis_ray, job->basis_ray_per_column, job->basis_ray_per_row, axis, u, v);
    cross(job->lever, gb, first);
    cross(direction, hb, second);
    for (int axis = 0; axis < 3; axis++) {
      record[axis] = first[axis] + second[axis];
      record[3 + axis] = gb[axis];
    }
    record[PIXEL_IMAGE] = image;
    record[PIXEL_VALID] = 1.0f;
    if (job->row_sums) {
      float a = job->target[pixel], b = image;
      sums[0] += 1.0f;
      sums[1] += a;
      sums[2] += b;
      sums[3] += a * a;
      sums[4] += b * b;
    }
  }
  if (job->row_sums)
    for (int q = 0; q < 5; q++) job->row_sums[5 * v + q] = sums[q];
}

// Each sample's contribution goes to the channel of its nearest voxel's label (spec §1.9).
void render_trilinear_channels_row(const Job *job, int v) {
  const int row = job->size[0], slice = job->size[0] * job->size[1];
  for (int u = 0; u < job->width; u++) {
    float *out = job->out + (long)(v * job->width + u) * job->channels;
    for (int c = 0; c < job->channels; c++) out[c] = 0.0f;
    Ray ray = make_ray(job, u, v, 0.0f, 1e-3f);
    Samples s = make_samples(job, &ray);
    for (int k = s.first; k <= s.last; k++) {
      float alpha = s.first_alpha + (float)k * s.step_alpha;
      float x = job->source[0] + alpha * ray.direction[0], y = job->source[1] + alpha * ray.direction[1],
            z = job->source[2] + alpha * ray.direction[2];
      int ix = (int)x, iy = (int)y, iz = (int)z;
      float fx = x - (float)ix, fy = y - (float)iy, fz = z - (float)iz;
      const float *p = job->voxels + iz * slice + iy * row + ix;
      float c00 = p[0] + fx * (p[1] - p[0]), c10 = p[row] + fx * (p[row + 1] - p[row]);
      float c01 = p[slice] + fx * (p[slice + 1] - p[slice]);
      float c11 = p[slice + row] + fx * (p[slice + row + 1] - p[slice + row]);
      float c0 = c00 + fy * (c10 - c00), c1 = c01 + fy * (c11 - c01);
      int nearest = ((int)(z + 0.5f)) * slice + ((int)(y + 0.5f)) * row + (int)(x + 0.5f);
      int channel = job->labels[nearest];
      if (channel < job->channels) out[channel] += (c0 + fz * (c1 - c0)) * s.step_mm;
    }
  }
}
