namespace Toolkit.Numerics.Kernels;

/// <summary>The instruction sets that kernels are written for, slowest first; what a traversal switches on to pick its lanes.</summary>
internal enum KernelLevel
{
    /// <summary>One lane: the oracle.</summary>
    Scalar,

    /// <summary>Portable 128-bit vectors: SSE, Arm AdvSimd, WebAssembly.</summary>
    Vector128,

    /// <summary>x86 AVX2 and FMA, 256-bit vectors.</summary>
    Avx2,

    /// <summary>x86 AVX-512 (F, BW, CD, DQ, VL), 512-bit vectors.</summary>
    Avx512,
}
