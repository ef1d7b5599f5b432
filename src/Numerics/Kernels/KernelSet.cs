namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The kernels of one instruction set. <see cref="Current"/> is the fastest that this machine has, or the one that the
/// environment variable <c>TOOLKIT_KERNELS</c> names (<c>avx512</c>, <c>avx2</c>, <c>vector128</c>, <c>scalar</c>).
/// </summary>
/// <remarks>Where the runtime advises against 512-bit vectors (<c>DOTNET_PreferredVectorBitWidth</c>, or a processor that lowers its
/// clock for them), <c>avx512</c> is available and can be forced, but is not chosen.</remarks>
public abstract class KernelSet
{
    /// <summary>The environment variable that forces a set.</summary>
    internal const string Variable = "TOOLKIT_KERNELS";

    private protected KernelSet()
    {
    }

    /// <summary>The set that every kernel uses.</summary>
    /// <exception cref="PlatformNotSupportedException"><c>TOOLKIT_KERNELS</c> names a set that is unknown or that this machine lacks.</exception>
    public static KernelSet Current => Selection.Set ?? throw new PlatformNotSupportedException(Selection.Error);

    /// <summary>The sets that this machine can run, fastest first; the last is the scalar oracle.</summary>
    public static IReadOnlyList<KernelSet> Available => Selection.Sets;

    /// <summary>The name that <c>TOOLKIT_KERNELS</c> takes.</summary>
    public abstract string Name { get; }

    /// <summary><see cref="Level"/> of <see cref="Current"/>: a constant to the JIT once the set is chosen, so that a switch on it folds.</summary>
    internal static KernelLevel CurrentLevel => Selection.Set is null ? throw new PlatformNotSupportedException(Selection.Error) : Selection.Level;

    /// <summary>The instruction set, as traversals switch on it.</summary>
    internal abstract KernelLevel Level { get; }

    /// <summary>The register tile of float32 matrix products.</summary>
    internal abstract GemmKernel<float> SingleGemm { get; }

    /// <summary>Whether this processor can execute the set.</summary>
    private protected abstract bool IsSupported { get; }

    /// <summary>Whether the set may be chosen without being forced.</summary>
    private protected virtual bool IsPreferred => true;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The set called <paramref name="forced"/>, or the first preferred one when it is null or empty.</summary>
    /// <returns>Null, with <paramref name="error"/>, when there is no such set among <paramref name="available"/>.</returns>
    internal static KernelSet? Select(IReadOnlyList<KernelSet> available, string? forced, out string? error)
    {
        error = null;
        foreach (KernelSet set in available)
        {
            if (string.IsNullOrWhiteSpace(forced) ? set.IsPreferred : set.Name.Equals(forced.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return set;
            }
        }

        error = $"{Variable}: expected a kernel set of this machine ({string.Join(", ", available)}), got '{forced}'; "
            + "set the variable to one of these, or unset it for the fastest.";
        return null;
    }

    // A class of its own, so that a bad variable is a plain exception at each use and not a TypeInitializationException.
    private static class Selection
    {
        public static readonly KernelSet[] Sets = Array.FindAll<KernelSet>(
            [new Avx512KernelSet(), new Avx2KernelSet(), new Vector128KernelSet(), new ScalarKernelSet()],
            set => set.IsSupported);

        public static readonly KernelSet? Set = Select(Sets, Environment.GetEnvironmentVariable(Variable), out Error);

        public static readonly KernelLevel Level = Set?.Level ?? KernelLevel.Scalar;

        public static readonly string? Error;
    }
}
