using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Kernels of portable 128-bit vectors; what Arm runs.</summary>
internal sealed class Vector128KernelSet : KernelSet
{
    /// <inheritdoc/>
    public override string Name => "vector128";

    /// <inheritdoc/>
    internal override KernelLevel Level => KernelLevel.Vector128;

    /// <inheritdoc/>
    internal override GemmKernel<float> SingleGemm => Vector128Gemm.Instance;

    /// <inheritdoc/>
    private protected override bool IsSupported => Vector128.IsHardwareAccelerated;
}
