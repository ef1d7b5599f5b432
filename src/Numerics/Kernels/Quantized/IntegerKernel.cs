using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The register tile of products of 8-bit matrices, and the form in which it reads its factors: groups of four bytes, each factor signed or not as the
/// instruction wants it, or groups of two words.
/// </summary>
internal abstract unsafe class IntegerKernel
{
    /// <summary>Rows of a tile.</summary>
    public const int TileRows = 6;

    /// <summary>The greatest <see cref="TileColumns"/>.</summary>
    public const int MaxTileColumns = 32;

    private static readonly IntegerKernel[] LeftKernels = Find(false);
    private static readonly IntegerKernel[] RightKernels = Find(true);

    /// <summary>The kernels that this machine can run, fastest first; the last is the scalar one.</summary>
    public static IReadOnlyList<IntegerKernel> Available { get; } = [.. LeftKernels, .. RightKernels.Where(kernel => !LeftKernels.Contains(kernel))];

    /// <summary>For a right factor that is constant: the signed one where the signs differ, since weights mostly are.</summary>
    public static IntegerKernel Current => Select(LeftKernels, KernelSet.CurrentLevel);

    /// <summary>What tests and reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>The kernel set from which on it is used.</summary>
    public abstract KernelLevel Level { get; }

    /// <summary>Columns of a tile.</summary>
    public abstract int TileColumns { get; }

    /// <summary>Elements of the depth in a group: 4 bytes or 2 words.</summary>
    public abstract int GroupDepth { get; }

    /// <summary>Whether the left factor's bytes are signed.</summary>
    public abstract bool IsLeftSigned { get; }

    /// <summary>Whether the right factor's bytes are signed.</summary>
    public abstract bool IsRightSigned { get; }

    /// <summary>sums[rows, <see cref="TileColumns"/>] = rows of A times a panel of B, modulo 2³².</summary>
    /// <param name="a">The first row.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="rows">1 to <see cref="TileRows"/>.</param>
    /// <param name="b">The panel.</param>
    /// <param name="groups">The depth in groups.</param>
    /// <param name="sums">The result.</param>
    public abstract void Compute(byte* a, nint stride, int rows, byte* b, nint groups, int* sums);

    /// <summary>The groups of a depth; the last may be filled up with zeros.</summary>
    public int Groups(int depth) => (depth + GroupDepth - 1) / GroupDepth;

    /// <summary>Bytes of a packed row.</summary>
    public nint RowBytes(int depth) => (nint)Groups(depth) * 4;

    /// <summary>Bytes of a packed panel of the right factor.</summary>
    public nint PanelBytes(int depth) => RowBytes(depth) * TileColumns;

    /// <summary>Panels of the right factor.</summary>
    public int Panels(int columns) => (columns + TileColumns - 1) / TileColumns;

    /// <summary>What packing adds to each element of a left factor, and so to its zero points.</summary>
    public int LeftShift(bool isSigned) => Shift(isSigned, IsLeftSigned);

    /// <summary>What packing adds to each element of a right factor, and so to its zero points.</summary>
    public int RightShift(bool isSigned) => Shift(isSigned, IsRightSigned);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private int Shift(bool isSigned, bool wanted) => GroupDepth == 2 || isSigned == wanted ? 0 : isSigned ? 128 : -128;

    private static IntegerKernel Select(IntegerKernel[] kernels, KernelLevel level)
    {
        int index = 0;
        while (kernels[index].Level > level)
        {
            index++;
        }

        return kernels[index];
    }

    private static IntegerKernel[] Find(bool isLeftConstant)
    {
        var kernels = new List<IntegerKernel>();
        if (isLeftConstant)
        {
            Add<AvxVnniRightDot, Vector256<int>>(kernels, "avxvnni-right", KernelLevel.Avx2, 4, true, false);
        }
        else
        {
            Add<AvxVnniLeftDot, Vector256<int>>(kernels, "avxvnni", KernelLevel.Avx2, 4, false, true);
        }

        Add<Avx512Dot, Vector512<int>>(kernels, "avx512", KernelLevel.Avx512, 2, true, true);
        Add<Avx2Dot, Vector256<int>>(kernels, "avx2", KernelLevel.Avx2, 2, true, true);
        Add<ArmDot, Vector128<int>>(kernels, "sdot", KernelLevel.Vector128, 4, true, true);
        Add<Vector128Dot, Vector128<int>>(kernels, "vector128", KernelLevel.Vector128, 2, true, true);
        Add<ScalarDot, int>(kernels, "scalar", KernelLevel.Scalar, 2, true, true);
        return [.. kernels];
    }

    private static void Add<TDot, TVector>(List<IntegerKernel> kernels, string name, KernelLevel level, int groupDepth, bool isLeftSigned, bool isRightSigned)
        where TDot : struct, IDot<TVector>
        where TVector : unmanaged
    {
        if (TDot.IsSupported)
        {
            kernels.Add(new IntegerTile<TDot, TVector>(name, level, groupDepth, isLeftSigned, isRightSigned));
        }
    }
}
