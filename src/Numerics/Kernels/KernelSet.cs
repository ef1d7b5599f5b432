namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The kernels of one instruction set. <see cref="Current"/> is the fastest that this machine has, or the one that the
/// environment variable <c>TOOLKIT_KERNELS</c> names (<c>avx512</c>, <c>avx2</c>, <c>vector128</c>, <c>scalar</c>).
/// </summary>
public abstract class KernelSet
{
    /// <summary>The set that every kernel uses.</summary>
    /// <exception cref="PlatformNotSupportedException"><c>TOOLKIT_KERNELS</c> names a set that is unknown or that this machine lacks.</exception>
    public static KernelSet Current => throw new NotImplementedException();

    /// <summary>The sets that this machine can run, fastest first; the last is the scalar oracle.</summary>
    public static IReadOnlyList<KernelSet> Available => throw new NotImplementedException();

    /// <summary>The name that <c>TOOLKIT_KERNELS</c> takes.</summary>
    public abstract string Name { get; }
}
