using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

/// <summary>Every lane type that this machine runs, against the scalar oracle, bit for bit.</summary>
public unsafe class LanesTests
{
    private const int Count = 16 * 1024;

    [Fact]
    public void F32x4_equals_the_scalar_oracle() => AssertEqualsOracle<F32x4>();

    [Fact]
    public void F32x8_equals_the_scalar_oracle()
    {
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            AssertEqualsOracle<F32x8>();
        }
    }

    [Fact]
    public void F32x16_equals_the_scalar_oracle()
    {
        if (Avx512F.IsSupported && Avx512DQ.IsSupported)
        {
            AssertEqualsOracle<F32x16>();
        }
    }

    [Fact]
    public void Max_and_Min_return_the_second_operand_where_one_is_NaN()
    {
        F32x4 nan = F32x4.Broadcast(double.NaN);
        F32x4 one = F32x4.Broadcast(1);
        Assert.Equal(1, F32x4.Max(nan, one).Value[0]);
        Assert.True(float.IsNaN(F32x4.Max(one, nan).Value[0]));
        Assert.Equal(1, F32x4.Min(nan, one).Value[0]);
        Assert.True(float.IsNaN(F32x4.Min(one, nan).Value[0]));
    }

    [Fact]
    public void MultiplyAdd_rounds_once()
    {
        // (1 + 2⁻²³)(1 - 2⁻²³) - 1 = -2⁻⁴⁶; rounded twice it would be 0.
        float expected = -MathF.ScaleB(1, -46);
        F32x4 result = F32x4.MultiplyAdd(F32x4.Repeat(1 + MathF.ScaleB(1, -23)), F32x4.Repeat(1 - MathF.ScaleB(1, -23)), F32x4.Repeat(-1));
        Assert.Equal(Vector128.Create(expected), result.Value);
        Assert.Equal(expected, F32x1.MultiplyAdd(new(1 + MathF.ScaleB(1, -23)), new(1 - MathF.ScaleB(1, -23)), new(-1)).Value);
    }

    private static void AssertEqualsOracle<TLanes>()
        where TLanes : struct, IFloat32Lanes<TLanes>
    {
        float[] a = TestFloats.Mixed(Count, 1);
        float[] b = TestFloats.Mixed(Count, 2);
        float[] c = TestFloats.Mixed(Count, 3);

        // Every special meets every other.
        int specials = TestFloats.Specials.Length;
        for (int i = 0; i < specials * specials; i++)
        {
            a[i] = TestFloats.Specials[i / specials];
            b[i] = TestFloats.Specials[i % specials];
        }

        foreach ((string name, Operation<TLanes> vector, Operation<F32x1> scalar) in Pairs<TLanes>())
        {
            TestFloats.AssertSameBits(Apply(scalar, a, b, c), Apply(vector, a, b, c), name);
        }

        AssertPartialAccess<TLanes>();
        AssertOrders<TLanes>();
        AssertReductions<TLanes>();
    }

    private static IEnumerable<(string Name, Operation<TLanes> Vector, Operation<F32x1> Scalar)> Pairs<TLanes>()
        where TLanes : struct, IFloat32Lanes<TLanes> => Operations<TLanes>().Zip(Operations<F32x1>(), (v, s) => (v.Name, v.Operation, s.Operation));

    private static (string Name, Operation<T> Operation)[] Operations<T>()
        where T : struct, IFloat32Lanes<T> =>
    [
        ("+", (a, b, c) => a + b),
        ("-", (a, b, c) => a - b),
        ("*", (a, b, c) => a * b),
        ("/", (a, b, c) => a / b),
        ("negate", (a, b, c) => -a),
        ("MultiplyAdd", (a, b, c) => T.MultiplyAdd(a, b, c)),
        ("Min", (a, b, c) => T.Min(a, b)),
        ("Max", (a, b, c) => T.Max(a, b)),
        ("Sqrt", (a, b, c) => T.Sqrt(a)),
        ("Abs", (a, b, c) => T.Abs(a)),
        ("Exp", (a, b, c) => T.Exp(a)),
        ("Log", (a, b, c) => T.Log(a)),
        ("Tanh", (a, b, c) => T.Tanh(a)),
        ("SelectGreater", (a, b, c) => T.SelectGreater(a, b, c, a)),
        ("CopySign", (a, b, c) => T.CopySign(a, b)),
        ("Broadcast", (a, b, c) => T.Broadcast(Math.PI) + T.Zero),
        ("Sigmoid", (a, b, c) => new Sigmoid().Invoke(a)),
        ("Relu", (a, b, c) => new Relu().Invoke(a)),
        ("Step", (a, b, c) => new Step().Invoke(a)),
        ("Sigmoid backward", (a, b, c) => new Sigmoid().Backward(a, b, c)),
        ("Relu backward", (a, b, c) => new Relu().Backward(a, b, c)),
        ("Tanh backward", (a, b, c) => new HyperbolicTangent().Backward(a, b, c)),
    ];

    private static float[] Apply<T>(Operation<T> operation, float[] a, float[] b, float[] c)
        where T : struct, IFloat32Lanes<T>
    {
        var result = new float[a.Length];
        for (int i = 0; i < a.Length; i += T.Count)
        {
            T.Store(operation(T.Load(in a[i]), T.Load(in b[i]), T.Load(in c[i])), ref result[i]);
        }

        return result;
    }

    private static void AssertPartialAccess<T>()
        where T : struct, IFloat32Lanes<T>
    {
        float[] source = TestFloats.Finite(T.Count, 4);
        for (int count = 0; count <= T.Count; count++)
        {
            var loaded = new float[T.Count];
            var stored = new float[T.Count];
            Array.Fill(stored, 9);
            fixed (float* from = source, to = stored)
            {
                T value = T.LoadPartial(from, count, T.Repeat(7));
                T.Store(value, ref loaded[0]);
                T.StorePartial(value, to, count);
            }

            for (int i = 0; i < T.Count; i++)
            {
                Assert.Equal(i < count ? source[i] : 7, loaded[i]);
                Assert.Equal(i < count ? source[i] : 9, stored[i]);
            }
        }
    }

    private static void AssertOrders<T>()
        where T : struct, IFloat32Lanes<T>
    {
        float[] numbers = [.. Enumerable.Range(0, 2 * T.Count).Select(i => (float)i)];
        T a = T.Load(in numbers[0]);
        T b = T.Load(in numbers[T.Count]);
        var stored = new float[2 * T.Count];
        T.Store(T.Even(a, b), ref stored[0]);
        T.Store(T.Odd(a, b), ref stored[T.Count]);
        Assert.Equal([.. numbers.Where(n => n % 2 == 0), .. numbers.Where(n => n % 2 == 1)], stored);

        T even = T.Load(in stored[0]);
        T odd = T.Load(in stored[T.Count]);
        T.Store(T.InterleaveLower(even, odd), ref stored[0]);
        T.Store(T.InterleaveUpper(even, odd), ref stored[T.Count]);
        Assert.Equal(numbers, stored);
    }

    private static void AssertReductions<T>()
        where T : struct, IFloat32Lanes<T>
    {
        float[] values = TestFloats.Finite(T.Count, 5);
        Assert.Equal(values.Max(), T.MaxAcross(T.Load(in values[0])));
        float[] tree = [.. values];
        for (int half = T.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                tree[i] += tree[i + half];
            }
        }

        Assert.Equal(tree[0], T.SumAcross(T.Load(in values[0])));
    }

    private delegate T Operation<T>(T a, T b, T c);
}
