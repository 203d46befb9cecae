// Exact radiological path through piecewise-constant voxels (Siddon 1985, doi 10.1118/1.595715; incremental form of
// Jacobs et al. 1998). A voxel reaches half a spacing to each side of its centre.
#include <wasm_simd128.h>
#include "ray.h"

typedef float float4 __attribute__((vector_size(16)));
typedef int int4 __attribute__((vector_size(16)));

static inline float4 smaller(float4 a, float4 b) { return (float4)wasm_f32x4_pmin((v128_t)a, (v128_t)b); }

// Which axis a ray crosses next is hard to predict, so the step is taken without a branch: lanes 0..2 hold the axes.
static inline void trace(const Job *job, int u, int v, float *out, int channels) {
  // Up to the middle of the border of zeros: the rest adds nothing, and rounding errors never lead outside.
  Ray ray = make_ray(job, u, v, 0.0f, 0.0f);
  if (!ray.hits) return;
  const int stride[3] = {1, job->size[0], job->size[0] * job->size[1]};
  int voxel = 0, move[8] = {0};  // move: by the set of axes that are crossed, bit per axis
  float4 next = {0.0f, 0.0f, 0.0f, 1e30f}, per_voxel = {0.0f, 0.0f, 0.0f, 0.0f};
  for (int axis = 0; axis < 3; axis++) {
    float d = ray.direction[axis];
    if (__builtin_fabsf(d) < 1e-8f) d = 1e-8f;
    int cell = (int)__builtin_floorf(job->source[axis] + ray.enter * d + 0.5f);
    if (cell < 0) cell = 0;
    if (cell >= job->size[axis]) cell = job->size[axis] - 1;
    voxel += cell * stride[axis];
    per_voxel[axis] = __builtin_fabsf(1.0f / d);
    next[axis] = ((float)cell + (d > 0.0f ? 0.5f : -0.5f) - job->source[axis]) / d;
    for (int set = 0; set < 8; set++)
      if (set >> axis & 1) move[set] += d > 0.0f ? stride[axis] : -stride[axis];
  }
  float alpha = ray.enter;
  for (;;) {
    float4 first = smaller(next, __builtin_shufflevector(next, next, 1, 0, 3, 2));
    first = smaller(first, __builtin_shufflevector(first, first, 2, 3, 0, 1));
    int ends = first[0] >= ray.leave;
    float path = (ends ? ray.leave : first[0]) - alpha;
    int channel = channels ? job->labels[voxel] : 0;
    if (!channels || channel < channels) out[channel] += path * job->voxels[voxel] * ray.length_mm;
    if (ends) return;
    int4 crossed = next == first;
    next += (float4)((int4)per_voxel & crossed);
    voxel += move[wasm_i32x4_bitmask((v128_t)crossed)];
    alpha = first[0];
  }
}

void render_siddon_row(const Job *job, int v) {
  for (int u = 0; u < job->width; u++) {
    float sum = 0.0f;
    if (!job->valid || job->valid[v * job->width + u]) trace(job, u, v, &sum, 0);
    job->out[v * job->width + u] = sum;
  }
}

void render_siddon_channels_row(const Job *job, int v) {
  for (int u = 0; u < job->width; u++) {
    float *out = job->out + (long)(v * job->width + u) * job->channels;
    for (int c = 0; c < job->channels; c++) out[c] = 0.0f;
    trace(job, u, v, out, job->channels);
  }
}
