namespace Toolkit.Numerics.Kernels;

/// <summary>One product: C[m,n] = activation(alpha · A[m,k] · B[k,n] + beta · C + bias), pinned, with transpositions folded into strides.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct GemmProblem<T>
    where T : unmanaged
{
    /// <summary>Rows of C.</summary>
    public int M;

    /// <summary>Columns of C.</summary>
    public int N;

    /// <summary>The contracted size.</summary>
    public int K;

    /// <summary>A[0,0].</summary>
    public T* A;

    /// <summary>From A[i,p] to A[i+1,p].</summary>
    public nint ARowStride;

    /// <summary>From A[i,p] to A[i,p+1].</summary>
    public nint AColumnStride;

    /// <summary>B[0,0], or null when B is packed.</summary>
    public T* B;

    /// <summary>From B[p,j] to B[p+1,j].</summary>
    public nint BRowStride;

    /// <summary>From B[p,j] to B[p,j+1].</summary>
    public nint BColumnStride;

    /// <summary>B as <see cref="PackedMatrix"/> lays it out, or null.</summary>
    public T* PackedB;

    /// <summary>C[0,0].</summary>
    public T* C;

    /// <summary>From C[i,j] to C[i+1,j].</summary>
    public nint CRowStride;

    /// <summary>bias[0] of n, or null.</summary>
    public T* Bias;

    /// <summary>Factor of the product.</summary>
    public T Alpha;

    /// <summary>Factor of C.</summary>
    public T Beta;

    /// <summary>Applied last.</summary>
    public ActivationKind Activation;
}
