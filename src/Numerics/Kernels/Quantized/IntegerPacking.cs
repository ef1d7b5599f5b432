using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Writes 8-bit factors in the form that a kernel reads.</summary>
internal static unsafe class IntegerPacking
{
    private static bool CanZip => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>A row of the left factor, filled up with zeros.</summary>
    public static void PackRow(IntegerKernel kernel, byte* source, int depth, bool isSigned, byte* destination)
    {
        if (kernel.GroupDepth == 4)
        {
            Flip(source, depth, (byte)(kernel.LeftShift(isSigned) == 0 ? 0 : 0x80), destination);
            new Span<byte>(destination + depth, (int)(kernel.RowBytes(depth) - depth)).Clear();
            return;
        }

        short* words = (short*)destination;
        int i = 0;
        for (; i + 8 <= depth; i += 8)
        {
            Widen(source + i, isSigned).Store(words + i);
        }

        for (; i < depth; i++)
        {
            words[i] = isSigned ? (sbyte)source[i] : source[i];
        }

        if ((depth & 1) != 0)
        {
            words[depth] = 0;
        }
    }

    /// <summary>The sum of a row's elements as they are packed.</summary>
    public static int SumOfRow(IntegerKernel kernel, byte* source, int depth, bool isSigned)
    {
        int sum = 0;
        int i = 0;
        Vector128<int> sums = Vector128<int>.Zero;
        for (; i + 8 <= depth; i += 8)
        {
            Vector128<short> words = Widen(source + i, isSigned);
            sums += Vector128.WidenLower(words) + Vector128.WidenUpper(words);
        }

        sum = Vector128.Sum(sums);
        for (; i < depth; i++)
        {
            sum += isSigned ? (sbyte)source[i] : source[i];
        }

        return sum + (depth * kernel.LeftShift(isSigned));
    }

    /// <summary>A panel of the right factor: groups of each column beside each other, filled up with zeros.</summary>
    /// <param name="kernel">Whose form.</param>
    /// <param name="source">The panel's first element.</param>
    /// <param name="rowStride">Elements from a row of the factor to the next.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">1 to the kernel's <see cref="IntegerKernel.TileColumns"/>.</param>
    /// <param name="isSigned">Whether the elements are signed.</param>
    /// <param name="destination">Memory for <see cref="IntegerKernel.PanelBytes"/>.</param>
    public static void PackPanel(IntegerKernel kernel, byte* source, nint rowStride, int depth, int columns, bool isSigned, byte* destination)
    {
        int width = kernel.TileColumns;
        int vectorized = CanZip ? columns & ~7 : 0;
        if (vectorized < width)
        {
            new Span<byte>(destination, (int)kernel.PanelBytes(depth)).Clear();
        }

        int step = kernel.GroupDepth;
        byte flip = (byte)(kernel.RightShift(isSigned) == 0 ? 0 : 0x80);
        for (int first = 0; first < depth; first += step)
        {
            byte* rows = source + (first * rowStride);
            int count = Math.Min(step, depth - first);
            for (int column = 0; column < vectorized; column += 8)
            {
                byte* target = destination + (column * 4);
                if (step == 4)
                {
                    ZipBytes(rows + column, rowStride, count, flip, target);
                }
                else
                {
                    ZipWords(rows + column, rowStride, count, isSigned, target);
                }
            }

            for (int column = vectorized; column < columns; column++)
            {
                for (int i = 0; i < count; i++)
                {
                    byte value = rows[(i * rowStride) + column];
                    if (step == 4)
                    {
                        destination[(column * 4) + i] = (byte)(value ^ flip);
                    }
                    else
                    {
                        ((short*)destination)[(column * 2) + i] = isSigned ? (sbyte)value : value;
                    }
                }
            }

            destination += width * 4;
        }
    }

    // Rows beyond the last are zeros as they are packed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ZipBytes(byte* source, nint stride, int rows, byte flip, byte* destination)
    {
        var flips = Vector128.Create(flip);
        Vector128<byte> r0 = Load(source) ^ flips;
        Vector128<byte> r1 = rows > 1 ? Load(source + stride) ^ flips : default;
        Vector128<byte> r2 = rows > 2 ? Load(source + (2 * stride)) ^ flips : default;
        Vector128<byte> r3 = rows > 3 ? Load(source + (3 * stride)) ^ flips : default;
        Vector128<short> low = ZipLow(r0, r1).AsInt16();
        Vector128<short> high = ZipLow(r2, r3).AsInt16();
        ZipLow(low, high).AsByte().Store(destination);
        ZipHigh(low, high).AsByte().Store(destination + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ZipWords(byte* source, nint stride, int rows, bool isSigned, byte* destination)
    {
        Vector128<short> r0 = Widen(source, isSigned);
        Vector128<short> r1 = rows > 1 ? Widen(source + stride, isSigned) : default;
        ZipLow(r0, r1).AsByte().Store(destination);
        ZipHigh(r0, r1).AsByte().Store(destination + 16);
    }

    // Eight bytes; no more may be there.
    private static Vector128<byte> Load(byte* source) => Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(source)).AsByte();

    private static Vector128<short> Widen(byte* source, bool isSigned) =>
        isSigned ? Vector128.WidenLower(Load(source).AsSByte()) : Vector128.WidenLower(Load(source)).AsInt16();

    private static Vector128<byte> ZipLow(Vector128<byte> x, Vector128<byte> y) => Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    private static Vector128<short> ZipLow(Vector128<short> x, Vector128<short> y) => Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    private static Vector128<short> ZipHigh(Vector128<short> x, Vector128<short> y) => Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    private static void Flip(byte* source, int count, byte flip, byte* destination)
    {
        if (flip == 0)
        {
            new ReadOnlySpan<byte>(source, count).CopyTo(new Span<byte>(destination, count));
            return;
        }

        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            (Vector128.Load(source + i) ^ Vector128.Create(flip)).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] = (byte)(source[i] ^ flip);
        }
    }
}
