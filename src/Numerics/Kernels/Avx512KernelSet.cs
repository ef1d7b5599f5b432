using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Kernels of x86 AVX-512 (F, BW, CD, DQ, VL).</summary>
internal sealed class Avx512KernelSet : KernelSet
{
    /// <inheritdoc/>
    public override string Name => "avx512";

    /// <inheritdoc/>
    internal override KernelLevel Level => KernelLevel.Avx512;

    /// <inheritdoc/>
    internal override GemmKernel<float> SingleGemm => Avx512Gemm.Instance;

    /// <inheritdoc/>
    private protected override bool IsSupported => Avx512F.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512CD.VL.IsSupported;

    /// <inheritdoc/>
    private protected override bool IsPreferred => Vector512.IsHardwareAccelerated;
}
