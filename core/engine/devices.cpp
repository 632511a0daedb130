// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devices.h"

#include "base/error.h"
#include "engine/process_setup.h"
#include "nn/fused_ops.h"
#include "nn/kernels_cpu.h"
#include "nn/torch_settings.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <omp.h>
#include <sys/resource.h>
#include <torch/version.h>

namespace retort {
namespace {

constexpr int training_niceness = 5;

std::string resolved_device(DeviceKind kind) {
    if (kind == DeviceKind::cpu) return "cpu";
    if (at::hasCUDA()) return "cuda";
    if (kind == DeviceKind::cuda)
        throw Error(ErrorKind::usage,
                    "/run/device asks for cuda, but this LibTorch sees no GPU; use auto or cpu.");
    return "cpu";
}

std::string resolved_precision(Precision precision, const std::string& device) {
    if (precision != Precision::automatic) return precision == Precision::bf16 ? "bf16" : "fp32";
    return device == "cuda" || kernels::has_bf16_products() ? "bf16" : "fp32";
}

std::string blas_name() {
    using Config = char* (*)();
    const auto config = reinterpret_cast<Config>(dlsym(RTLD_DEFAULT, "openblas_get_config"));
    return config != nullptr ? config() : "generic";
}

void set_blas_threads(int threads) {
    using Setter = void (*)(int);
    const auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set != nullptr) set(threads);
}

} // namespace

ResolvedSettings resolve(const RunSettings& settings) {
    ResolvedSettings resolved;
    resolved.device = resolved_device(settings.device);
    resolved.precision = resolved_precision(settings.precision, resolved.device);
    resolved.threads = settings.threads > 0 ? static_cast<int>(settings.threads) : physical_cores();
    resolved.vector_level = kernels::vector_level();
    if (resolved.precision == "bf16" && kernels::has_bf16_products()) resolved.vector_level += "+bf16";
    resolved.blas = blas_name();
    resolved.torch = TORCH_VERSION;
    return resolved;
}

void enter_training_thread(const ResolvedSettings& resolved) {
    setpriority(PRIO_PROCESS, 0, training_niceness); // on Linux: of this thread and of those it starts
    at::set_num_threads(resolved.threads);
    set_blas_threads(1); // each share of a batch has a core to itself; see nn/share_team.h
    set_product_factors(factors_of(resolved));
}

void enter_generation_thread() {
    setpriority(PRIO_PROCESS, 0, training_niceness);
    (void)at::get_num_threads(); // a thread's first question gives it LibTorch's number: ask before setting
                                 // ours
    omp_set_num_threads(1);
    set_blas_threads(1);
    set_product_factors(kernels::Factors::fp32);
}

} // namespace retort
