using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>An Einstein summation over operands of given shapes: the size of every label, and each operand's stride for it.</summary>
internal sealed class EinsumLayout
{
    /// <summary>The greatest number of labels.</summary>
    public const int MaxLabels = 64;

    /// <summary>The greatest number of operands.</summary>
    public const int MaxOperands = 32;

    // Products, which a run computes one by one: beyond, no run would end in reasonable time.
    private const long MaxProducts = 1L << 40;

    private readonly Shape[] _shapes;
    private readonly int[] _labels;

    /// <summary>Lays out the summation.</summary>
    /// <exception cref="ArgumentException">It has more labels, operands or products than are computed.</exception>
    public EinsumLayout(string equation, ReadOnlySpan<Shape> inputs, NodeContext node)
    {
        _shapes = inputs.ToArray();
        EinsumEquation parsed = EinsumEquation.Parse(equation, Array.ConvertAll(_shapes, shape => shape.Rank));
        _labels = [.. parsed.Result, .. parsed.Operands.SelectMany(operand => operand).Distinct().Except(parsed.Result)];
        ResultRank = parsed.Result.Count;
        Sizes = new int[_labels.Length];
        Strides = new int[_shapes.Length][];
        Array.Fill(Sizes, 1);
        if (_labels.Length > MaxLabels || _shapes.Length > MaxOperands)
        {
            throw node.BadValue($"expected {MaxLabels} labels and {MaxOperands} operands at most, got {_labels.Length} and {_shapes.Length}.");
        }

        for (int operand = 0; operand < _shapes.Length; operand++)
        {
            Strides[operand] = new int[_labels.Length];
            int stride = 1;
            for (int axis = _shapes[operand].Rank - 1; axis >= 0; axis--)
            {
                int size = _shapes[operand][axis];
                int label = Array.IndexOf(_labels, parsed.Operands[operand][axis]);
                Sizes[label] = size == 1 ? Sizes[label] : size;
                Strides[operand][label] += size == 1 ? 0 : stride;
                stride *= size;
            }
        }

        Int128 products = 1;
        foreach (int size in Sizes)
        {
            products = products > MaxProducts ? products : products * size;
        }

        Product = _shapes.Length == 2 ? FindProduct() : null;
        if (Product is null && products > MaxProducts && !Array.Exists(Sizes, size => size == 0))
        {
            throw node.BadValue($"expected {MaxProducts} products at most, got more in '{equation}'.");
        }

        SumLength = Sizes.AsSpan(ResultRank).Contains(0) ? 0 : (long)(products == 0 ? 0 : ProductOf(ResultRank, Sizes.Length));
    }

    /// <summary>The size of each label, those of the result first.</summary>
    public int[] Sizes { get; }

    /// <summary>For each operand, its stride for each label.</summary>
    public int[][] Strides { get; }

    /// <summary>How many labels the result has.</summary>
    public int ResultRank { get; }

    /// <summary>How many products are added up to one element of the result.</summary>
    public long SumLength { get; }

    /// <summary>The summation as a batch of matrix products; null where it is none.</summary>
    public EinsumProduct? Product { get; }

    /// <summary>Whether it was laid out for these shapes.</summary>
    public bool Fits(ReadOnlySpan<Shape> inputs) => inputs.SequenceEqual(_shapes);

    /// <inheritdoc cref="Fits(ReadOnlySpan{Shape})"/>
    public bool Fits(in KernelArguments arguments)
    {
        for (int i = 0; i < _shapes.Length; i++)
        {
            if (arguments.InputShape(i) != _shapes[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Goes to the next index of the labels in [from, to), and moves the operands' offsets along.</summary>
    public void Advance(int from, int to, Span<int> index, Span<int> offsets)
    {
        for (int label = to - 1; label >= from; label--)
        {
            bool wraps = ++index[label] == Sizes[label];
            for (int operand = 0; operand < Strides.Length; operand++)
            {
                int stride = Strides[operand][label];
                offsets[operand] += wraps ? stride - (stride * Sizes[label]) : stride;
            }

            if (!wraps)
            {
                return;
            }

            index[label] = 0;
        }
    }

    private long ProductOf(int from, int to)
    {
        long product = 1;
        for (int label = from; label < to; label++)
        {
            product *= Sizes[label];
        }

        return product;
    }

    // A label is of the batch (both operands and the result), of the rows or columns (one operand and the result), or summed over (both
    // operands alone). One that fits none, such as one that is stretched, makes it no product of matrices.
    private EinsumProduct? FindProduct()
    {
        var kinds = new List<int>[] { [], [], [], [] };
        for (int label = 0; label < _labels.Length; label++)
        {
            bool isResult = label < ResultRank;
            bool left = Strides[0][label] != 0;
            bool right = Strides[1][label] != 0;
            if (Sizes[label] == 0 || (!isResult && left != right))
            {
                return null;
            }

            kinds[left && right ? (isResult ? 0 : 3) : left || !right ? 1 : 2].Add(label);
        }

        (List<int> batch, List<int> rows, List<int> columns, List<int> inner) = (kinds[0], kinds[1], kinds[2], kinds[3]);
        rows.RemoveAll(label => label >= ResultRank);
        int[] leftLabels = [.. batch, .. rows, .. inner];
        int[] rightLabels = [.. batch, .. inner, .. columns];
        int[] resultLabels = [.. batch, .. rows, .. columns];
        long m = Count(rows);
        long n = Count(columns);
        long k = Count(inner);
        long matrices = Count(batch);
        Int128 elements = matrices * (((Int128)m * k) + ((Int128)k * n) + ((Int128)m * n));
        if (leftLabels.Length > Shape.MaxRank || rightLabels.Length > Shape.MaxRank || elements > Array.MaxLength / sizeof(double))
        {
            return null;
        }

        var strides = new int[ResultRank];
        int stride = 1;
        for (int i = resultLabels.Length - 1; i >= 0; i--)
        {
            strides[resultLabels[i]] = stride;
            stride *= Sizes[resultLabels[i]];
        }

        return new EinsumProduct(
            matrices, m, n, k,
            Array.ConvertAll(leftLabels, label => Strides[0][label]), Array.ConvertAll(leftLabels, label => Sizes[label]),
            Array.ConvertAll(rightLabels, label => Strides[1][label]), Array.ConvertAll(rightLabels, label => Sizes[label]),
            strides);
    }

    private long Count(List<int> labels)
    {
        long count = 1;
        foreach (int label in labels)
        {
            count *= Sizes[label];
        }

        return count;
    }
}
