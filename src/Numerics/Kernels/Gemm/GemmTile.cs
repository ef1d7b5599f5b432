namespace Toolkit.Numerics.Kernels;

/// <summary>
/// What a register tile computes: with s[r,j] = Σₚ A[r,p] · B[p,j], rounded once per term in the order of p from 0,
/// C[r,j] = alpha · s[r,j] + beta · C[r,j], then + bias[j] and + rowBias[r], then max(0, ·). All strides are in elements.
/// </summary>
/// <remarks>Every kernel set does exactly these roundings, in tiles of every size, so that neither the set nor the place of
/// an element in C changes its bits: s by fused multiply-adds from zero; <c>alpha · s</c> rounded, or where C is read
/// <c>fma(alpha, s, round(beta · C))</c>; the bias added.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct GemmTile<T>
    where T : unmanaged
{
    /// <summary>A[0,0].</summary>
    public T* A;

    /// <summary>From A[r,p] to A[r+1,p].</summary>
    public nint ARowStride;

    /// <summary>From A[r,p] to A[r,p+1].</summary>
    public nint AColumnStride;

    /// <summary>
    /// What is added to <see cref="A"/> for each row, instead of multiples of the row stride; null for those. Not for a tile of more than the kernel's
    /// <see cref="GemmKernel{T}.TileRows"/>.
    /// </summary>
    public nint* RowOffsets;

    /// <summary>B[0,0]; each row has whole vectors to read.</summary>
    public T* B;

    /// <summary>From B[p,j] to B[p+1,j].</summary>
    public nint BRowStride;

    /// <summary>
    /// Where a tile of all rows writes the rows of B that it reads, one after another, so that the tiles below it find them together; null for nowhere.
    /// For a single segment, and only for a kernel that <see cref="GemmKernel{T}.CopiesB"/>.
    /// </summary>
    public T* Copy;

    /// <summary>The number of p in a segment.</summary>
    public int Depth;

    /// <summary>
    /// Where the segments begin that p runs over one after another, each of <see cref="Depth"/> rows of B: pairs of what is added to <see cref="A"/> and to
    /// <see cref="B"/>. Null for a single segment that begins at both.
    /// </summary>
    public nint* Segments;

    /// <summary>The number of segments; not read where <see cref="Segments"/> is null.</summary>
    public int SegmentCount;

    /// <summary>C[0,0]; each row has whole vectors to write.</summary>
    public T* C;

    /// <summary>From C[r,j] to C[r+1,j].</summary>
    public nint CRowStride;

    /// <summary>bias[0], whole vectors to read, or null for none.</summary>
    public T* Bias;

    /// <summary>The bias of the rows, added after that of the columns, or null for none.</summary>
    public T* RowBias;

    /// <summary>The sums of a single row so far, whole vectors to read, which s continues; null to start from zero. For one row only.</summary>
    public T* Sums;

    /// <summary>Factor of s.</summary>
    public T Alpha;

    /// <summary>Factor of what C holds.</summary>
    public T Beta;

    /// <summary>
    /// The columns of the last vector that are in C and in the bias, or 0 for all: the others are neither read nor written there. Only for a kernel that
    /// <see cref="GemmKernel{T}.MasksTails"/>.
    /// </summary>
    public int Tail;

    /// <summary>The rows of C, 1 to the kernel's <see cref="GemmKernel{T}.TileRows"/>.</summary>
    public int Rows;

    /// <summary>Whether C is read; otherwise its term is left out, whatever it holds.</summary>
    public bool ReadsC;

    /// <summary>Whether alpha is not 1.</summary>
    public bool Scales;

    /// <summary>Whether negative results become 0; NaN passes.</summary>
    public bool Relu;

    /// <summary>Whether, with <see cref="Relu"/>, results above <see cref="Activations.Ceiling"/> become that; NaN passes.</summary>
    public bool IsCapped;
}
