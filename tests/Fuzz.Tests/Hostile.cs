using Toolkit.Numerics;

namespace Toolkit.Fuzz.Tests;

/// <summary>Numbers, texts and tensors that break code: the ends of ranges, what lies beside them, and what means something special.</summary>
internal static class Hostile
{
    private static readonly long[] Wild =
    [
        long.MinValue, long.MinValue + 1, long.MaxValue, long.MaxValue - 1, int.MinValue, int.MinValue - 1L, int.MaxValue, int.MaxValue + 1L, int.MaxValue - 1L,
        uint.MaxValue, 1L << 32, (1L << 32) + 1, 1L << 40, 1L << 62, -(1L << 32), 0x40000000, 0x20000000, 1 << 24, 1 << 20, 65536, 65535, 46341, 32768, 1000, 256, 255, 128, 127, 100, -100, -128,
    ];

    private static readonly double[] Reals =
    [
        0, -0.0, 1, -1, 2, 0.5, -0.5, 1e-3, 1e3, 1e-30, 1e30, -1e30, 1e38, -1e38, 3.4028235e38, 1e-45, 1e308, -1e308, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        double.Epsilon, 2147483647, 2147483648, -2147483649, 4294967296, 9.3e18, -9.3e18, 0.1, 1.5, 2.5, 100, 1000, 65504, 65536,
    ];

    private static readonly string[] Texts =
    [
        "", "a", "zzz", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "constant", "reflect", "edge", "wrap", "linear", "nearest", "cubic", "bilinear", "bicubic", "align_corners", "asymmetric",
        "half_pixel", "pytorch_half_pixel", "tf_crop_and_resize", "half_pixel_symmetric", "floor", "ceil", "round_prefer_floor", "round_prefer_ceil", "none", "add", "mul", "min", "max", "mean", "sum",
        "forward", "reverse", "bidirectional", "DCR", "CRD", "LEFT", "RIGHT", "avg", "output_half_pixel", "ij,jk->ik", "...ij,...jk->...ik", "ii->i", "ij->", "i,i,i,i,i,i->i", "abcdefghijklmnop->ponmlkjihgfedcba",
        "->", ",,", "i->ii", "Relu", "Tanh", "Sigmoid", "Affine", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT", "BRANCH_LEQ", "LEAF", "BRANCH_EQ", "RBF", "POLY", "(a+)+$", "\u0000", "\ud7ff\u4e2d\u6587", "%s%n",
    ];

    /// <summary>An integer: small most of the time, so that models get past the first checks.</summary>
    public static long Integer(Random random) => random.Next(10) switch
    {
        < 5 => random.Next(-2, 5),
        < 7 => random.Next(-20, 40),
        _ => Wild[random.Next(Wild.Length)],
    };

    /// <summary>A real number.</summary>
    public static double Real(Random random) => random.Next(3) == 0 ? (random.NextDouble() * 8) - 4 : Reals[random.Next(Reals.Length)];

    /// <summary>A text.</summary>
    public static string Text(Random random) => random.Next(40) == 0 ? new string('a', random.Next(5000)) : Texts[random.Next(Texts.Length)];

    /// <summary>A size: mostly one that can be run.</summary>
    public static int Size(Random random) => random.Next(12) switch
    {
        0 => 0,
        < 4 => 1,
        < 10 => random.Next(2, 7),
        10 => random.Next(7, 70),
        _ => random.Next(70, 2000),
    };

    /// <summary>A tensor of a type and shape.</summary>
    public static Tensor Tensor(Random random, ElementType type, Shape shape)
    {
        Tensor tensor = Numerics.Tensor.Create(type, shape);
        bool tame = random.Next(2) == 0;
        for (int i = 0; i < tensor.Length; i++)
        {
            Set(random, tensor, i, tame);
        }

        return tensor;
    }

    /// <summary>A copy with a few elements replaced.</summary>
    public static Tensor Damage(Random random, Tensor original)
    {
        Tensor tensor = original.Clone();
        for (int count = random.Next(1, 4); count > 0 && tensor.Length > 0; count--)
        {
            Set(random, tensor, random.Next(tensor.Length), tame: false);
        }

        return tensor;
    }

    private static void Set(Random random, Tensor tensor, int index, bool tame)
    {
        switch (tensor)
        {
            case Tensor<float> t: t.Span[index] = tame ? random.NextSingle() : (float)Real(random); break;
            case Tensor<double> t: t.Span[index] = tame ? random.NextDouble() : Real(random); break;
            case Tensor<Half> t: t.Span[index] = tame ? (Half)random.NextSingle() : (Half)Real(random); break;
            case Tensor<long> t: t.Span[index] = tame ? random.Next(3) : Integer(random); break;
            case Tensor<int> t: t.Span[index] = tame ? random.Next(3) : (int)Integer(random); break;
            case Tensor<bool> t: t.Span[index] = random.Next(2) == 0; break;
            case Tensor<string> t: t.Span[index] = Text(random); break;
            default:
                int size = ElementTypes.Get(tensor.ElementType).Size;
                Span<byte> bytes = tensor.Bytes;
                if (bytes.Length >= (index + 1) * size)
                {
                    random.NextBytes(bytes.Slice(index * size, size));
                }

                break;
        }
    }
}
