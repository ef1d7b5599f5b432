using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// What happens to a tile of raw sums: the corrections for zero points, the bias, and, where bytes are wanted, the quantization
/// q = saturate(round((float)sum · multiplier) + zero point). A null pointer leaves a term out. Arrays of columns are readable to a multiple of
/// <see cref="IntegerKernel.MaxTileColumns"/>.
/// </summary>
internal unsafe struct IntegerEpilogue
{
    /// <summary>Added to all sums of a row.</summary>
    public int* RowTerms;

    /// <summary>Added to all sums of a column.</summary>
    public int* ColumnTerms;

    /// <summary>A row's factor of <see cref="ColumnFactors"/>; the products are subtracted.</summary>
    public int* RowFactors;

    /// <summary>A column's factor of <see cref="RowFactors"/>.</summary>
    public int* ColumnFactors;

    /// <summary>A row's factor of <see cref="ColumnSums"/>; the products are subtracted.</summary>
    public int* RowZeros;

    /// <summary>The sums of the right factor's columns.</summary>
    public int* ColumnSums;

    /// <summary>Where int32 results go, or null.</summary>
    public int* Sums;

    /// <summary>Where bytes go, or null.</summary>
    public byte* Bytes;

    /// <summary>Elements from a row of the result to the next.</summary>
    public nint Stride;

    /// <summary>The multipliers of the columns; null where each row has its own.</summary>
    public float* ColumnMultipliers;

    /// <summary>The multipliers of the rows, or the rows' scales where <see cref="ColumnScales"/> is there.</summary>
    public float* RowMultipliers;

    /// <summary>The scales of the columns where a multiplier depends on row and column.</summary>
    public float* ColumnScales;

    /// <summary>The scale of the result, for <see cref="ColumnScales"/>.</summary>
    public float Scale;

    /// <summary>The zero point of the result.</summary>
    public int ZeroPoint;

    /// <summary>Whether the result's bytes are signed.</summary>
    public bool IsSigned;

    /// <summary>Finishes a tile.</summary>
    /// <param name="tile">The sums.</param>
    /// <param name="tileStride">From a row of the tile to the next.</param>
    /// <param name="row">The tile's first row in the result.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="column">The tile's first column in the result.</param>
    /// <param name="columns">Its columns.</param>
    public readonly void Apply(int* tile, int tileStride, int row, int rows, int column, int columns)
    {
        int* values = stackalloc int[IntegerKernel.MaxTileColumns];
        for (int i = 0; i < rows; i++)
        {
            int* sums = tile + (i * tileStride);
            nint start = ((row + i) * Stride) + column;
            for (int j = 0; j < columns; j += 4)
            {
                Vector128<int> value = Correct(Vector128.Load(sums + j), row + i, column + j);
                if (Bytes is null)
                {
                    value.Store(values + j);
                }
                else
                {
                    Quantize(value, Multiplier(row + i, column + j)).Store(values + j);
                }
            }

            if (Bytes is null)
            {
                new ReadOnlySpan<int>(values, columns).CopyTo(new Span<int>(Sums + start, columns));
            }
            else
            {
                Narrow(values, columns, Bytes + start);
            }
        }
    }

    private readonly Vector128<int> Correct(Vector128<int> value, int row, int column)
    {
        if (RowTerms is not null)
        {
            value += Vector128.Create(RowTerms[row]);
        }

        if (ColumnTerms is not null)
        {
            value += Vector128.Load(ColumnTerms + column);
        }

        if (RowFactors is not null)
        {
            value -= Vector128.Create(RowFactors[row]) * Vector128.Load(ColumnFactors + column);
        }

        if (RowZeros is not null)
        {
            value -= Vector128.Create(RowZeros[row]) * Vector128.Load(ColumnSums + column);
        }

        return value;
    }

    private readonly Vector128<float> Multiplier(int row, int column)
    {
        if (ColumnMultipliers is not null)
        {
            return Vector128.Load(ColumnMultipliers + column);
        }

        var multiplier = Vector128.Create(RowMultipliers[row]);
        return ColumnScales is null ? multiplier : multiplier * Vector128.Load(ColumnScales + column) / Vector128.Create(Scale);
    }

    // The product of a sum of 0 and an infinite multiplier counts as 0.
    private readonly Vector128<int> Quantize(Vector128<int> sums, Vector128<float> multiplier)
    {
        float least = (IsSigned ? sbyte.MinValue : byte.MinValue) - ZeroPoint;
        float greatest = (IsSigned ? sbyte.MaxValue : byte.MaxValue) - ZeroPoint;
        Vector128<float> rounded = Vector128.Round(Vector128.ConvertToSingle(sums) * multiplier, MidpointRounding.ToEven);
        rounded = Vector128.ConditionalSelect(Vector128.Equals(rounded, rounded), rounded, Vector128<float>.Zero);
        return Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(rounded, Vector128.Create(least)), Vector128.Create(greatest))) + Vector128.Create(ZeroPoint);
    }

    private static void Narrow(int* values, int columns, byte* destination)
    {
        int j = 0;
        for (; j + 8 <= columns; j += 8)
        {
            Vector128<short> words = Vector128.Narrow(Vector128.Load(values + j), Vector128.Load(values + j + 4));
            Vector128.Narrow(words.AsUInt16(), words.AsUInt16()).GetLower().Store(destination + j);
        }

        for (; j < columns; j++)
        {
            destination[j] = (byte)values[j];
        }
    }
}
