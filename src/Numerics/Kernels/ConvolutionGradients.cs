using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The operands of <see cref="Convolution.Backward{T}(in ConvolutionGeometry, in ConvolutionGradients{T}, WorkerPool)"/>: what went into a convolution, what came out, and where its gradients go. A gradient that is empty is not computed.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly ref struct ConvolutionGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The images, [N, C, H, W].</summary>
    public ReadOnlySpan<T> X { get; init; }

    /// <summary>The weights, [M, C/groups, kH, kW].</summary>
    public ReadOnlySpan<T> W { get; init; }

    /// <summary>The output after the activation, [N, M, OH, OW]; not read where there is none.</summary>
    public ReadOnlySpan<T> Y { get; init; }

    /// <summary>The gradient by <see cref="Y"/>.</summary>
    public ReadOnlySpan<T> Dy { get; init; }

    /// <summary>The activation; its derivative reads y alone.</summary>
    public ActivationKind Activation { get; init; }

    /// <summary>Memory as long as y; not used where there is no activation. Holds anything before and afterwards.</summary>
    public Span<T> Scratch { get; init; }

    /// <summary>The gradient by x, [N, C, H, W].</summary>
    public Span<T> Dx { get; init; }

    /// <summary>Whether to add to <see cref="Dx"/> instead of filling it.</summary>
    public bool AccumulatesDx { get; init; }

    /// <summary>The gradient by the weights, [M, C/groups, kH, kW].</summary>
    public Span<T> Dw { get; init; }

    /// <summary>Whether to add to <see cref="Dw"/> instead of filling it.</summary>
    public bool AccumulatesDw { get; init; }

    /// <summary>The gradient by the bias, [M].</summary>
    public Span<T> Db { get; init; }

    /// <summary>Whether to add to <see cref="Db"/> instead of filling it.</summary>
    public bool AccumulatesDb { get; init; }
}
