using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Quantized;

public class IntegerGemmTests
{
    [Fact]
    public void Every_kernel_equals_the_definition_on_random_products() => CompareAll(10_000, 1);

    [Fact]
    [Trait("Category", "Long")]
    public void Every_kernel_equals_the_definition_on_many_random_products() => CompareAll(100_000, 2);

    [Theory]
    [InlineData(0, 0, false, false, 255, 255)]
    [InlineData(255, 255, false, false, 0, 0)]
    [InlineData(128, 128, true, true, 127, 127)]
    [InlineData(127, 127, true, true, -128, -128)]
    [InlineData(255, 128, false, true, 0, 127)]
    [InlineData(128, 255, true, false, 127, 0)]
    public void Every_kernel_is_exact_at_the_extremes_up_to_the_depth_that_cannot_overflow(int left, int right, bool isLeftSigned, bool isRightSigned, int leftZero, int rightZero)
    {
        const int Depth = 33_025;
        foreach (IntegerKernel kernel in IntegerKernel.Available)
        {
            Case test = new(7, 3, Depth, isLeftSigned, isRightSigned, [leftZero], [rightZero]);
            Array.Fill(test.A, (byte)left);
            Array.Fill(test.B, (byte)right);
            int[] expected = test.Expected();
            Assert.Equal((long)Depth * (Value((byte)left, isLeftSigned) - leftZero) * (Value((byte)right, isRightSigned) - rightZero), expected[0]);
            Assert.Equal(expected, test.Sums(kernel, true, WorkerPool.Serial));
        }
    }

    [Fact]
    public void Two_threads_give_what_one_gives()
    {
        using var pool = new WorkerPool(2);
        foreach (IntegerKernel kernel in IntegerKernel.Available)
        {
            Case test = new(131, 150, 301, false, true, [3], [-7]);
            test.Fill(new Random(5));
            Assert.Equal(test.Expected(), test.Sums(kernel, false, pool));
        }
    }

    [Fact]
    public void A_sum_that_is_half_way_goes_to_the_even_neighbour()
    {
        byte[] y = new byte[4];
        IntegerGemm.Multiply(
            4, 1, 1, new IntegerFactor([1, 3, 5, 255], false, []), new IntegerFactor([1], true, []), null, new Requantization([0.5f], [1], 1, 200, false), y, WorkerPool.Serial);
        Assert.Equal<byte>([200, 202, 202, 255], y);
    }

    [Fact]
    public void Factors_that_do_not_fit_are_refused()
    {
        PackedIntegerMatrix packed = IntegerGemm.Pack(2, 3, new byte[6], true);
        Assert.Throws<ArgumentException>(() => IntegerGemm.Multiply(1, 3, 4, new IntegerFactor(new byte[4], false, []), new IntegerFactor([], true, []), packed, new int[3], WorkerPool.Serial));
        Assert.Throws<ArgumentException>(() => IntegerGemm.Multiply(1, 3, 2, new IntegerFactor(new byte[2], false, []), new IntegerFactor([], true, new int[2]), packed, new int[3], WorkerPool.Serial));
    }

    private static void CompareAll(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            bool isLeftSigned = random.Next(2) == 0;
            bool isRightSigned = random.Next(2) == 0;
            int m = random.Next(1, 15);
            int n = random.Next(1, 40);
            Case test = new(m, n, random.Next(0, 41), isLeftSigned, isRightSigned, Zeros(random, m, isLeftSigned), Zeros(random, n, isRightSigned));
            test.Fill(random);
            IntegerKernel kernel = IntegerKernel.Available[i % IntegerKernel.Available.Count];
            bool packs = random.Next(2) == 0;
            int[] expected = test.Expected();
            Assert.Equal(expected, test.Sums(kernel, packs, WorkerPool.Serial));
            float[] leftScales = Scales(random, m);
            float[] rightScales = Scales(random, n);
            bool isSigned = random.Next(2) == 0;
            int zeroPoint = isSigned ? random.Next(-128, 128) : random.Next(256);
            byte[] bytes = test.Bytes(kernel, packs, leftScales, rightScales, 300, zeroPoint, isSigned);
            for (int j = 0; j < bytes.Length; j++)
            {
                float multiplier = leftScales[leftScales.Length == 1 ? 0 : j / n] * rightScales[rightScales.Length == 1 ? 0 : j % n] / 300f;
                byte wanted = isSigned ? Requantized<sbyte>(expected[j], multiplier, zeroPoint) : Requantized<byte>(expected[j], multiplier, zeroPoint);
                Assert.Equal(wanted, bytes[j]);
            }
        }
    }

    private static byte Requantized<T>(int sum, float multiplier, int zeroPoint)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        T[] result = new T[1];
        Quantizer.Requantize([sum], multiplier, zeroPoint, result);
        return byte.CreateTruncating(result[0]);
    }

    private static int Value(byte element, bool isSigned) => isSigned ? (sbyte)element : element;

    private static int[] Zeros(Random random, int size, bool isSigned)
    {
        int[] zeros = new int[random.Next(3) switch { 0 => 0, 1 => 1, _ => size }];
        for (int i = 0; i < zeros.Length; i++)
        {
            int edge = random.Next(4);
            zeros[i] = (isSigned ? -128 : 0) + (edge == 0 ? 0 : edge == 1 ? 255 : random.Next(256));
        }

        return zeros;
    }

    private static float[] Scales(Random random, int size)
    {
        float[] scales = new float[random.Next(2) == 0 ? 1 : size];
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] = random.NextSingle() + 0.01f;
        }

        return scales;
    }

    private sealed record Case(int M, int N, int K, bool IsLeftSigned, bool IsRightSigned, int[] LeftZeros, int[] RightZeros)
    {
        public byte[] A { get; } = new byte[M * K];

        public byte[] B { get; } = new byte[K * N];

        public void Fill(Random random)
        {
            FillOne(random, A);
            FillOne(random, B);
        }

        public int[] Expected()
        {
            int[] result = new int[M * N];
            for (int i = 0; i < result.Length; i++)
            {
                (int row, int column) = (i / N, i % N);
                long sum = 0;
                for (int p = 0; p < K; p++)
                {
                    sum += (long)(Value(A[(row * K) + p], IsLeftSigned) - Zero(LeftZeros, row)) * (Value(B[(p * N) + column], IsRightSigned) - Zero(RightZeros, column));
                }

                result[i] = checked((int)sum);
            }

            return result;
        }

        public int[] Sums(IntegerKernel kernel, bool packs, WorkerPool workers)
        {
            int[] result = new int[M * N];
            unsafe
            {
                fixed (int* sums = result)
                {
                    var epilogue = new IntegerEpilogue { Sums = sums, Stride = N };
                    Multiply(kernel, packs, ref epilogue, default, workers);
                }
            }

            return result;
        }

        public byte[] Bytes(IntegerKernel kernel, bool packs, float[] leftScales, float[] rightScales, float scale, int zeroPoint, bool isSigned)
        {
            byte[] result = new byte[M * N];
            unsafe
            {
                fixed (byte* bytes = result)
                {
                    var epilogue = new IntegerEpilogue { Bytes = bytes, Stride = N, ZeroPoint = zeroPoint, IsSigned = isSigned };
                    Multiply(kernel, packs, ref epilogue, new Requantization(leftScales, rightScales, scale, zeroPoint, isSigned), WorkerPool.Serial);
                }
            }

            return result;
        }

        private static int Zero(int[] zeros, int index) => zeros.Length == 0 ? 0 : zeros[zeros.Length == 1 ? 0 : index];

        private static void FillOne(Random random, byte[] values)
        {
            random.NextBytes(values);
            if (random.Next(4) == 0)
            {
                Array.Fill(values, random.Next(2) == 0 ? (byte)128 : (byte)255);
            }
        }

        private void Multiply(IntegerKernel kernel, bool packs, ref IntegerEpilogue epilogue, Requantization requantization, WorkerPool workers)
        {
            PackedIntegerMatrix? packed = packs ? new PackedIntegerMatrix(kernel, K, N, B, IsRightSigned) : null;
            IntegerGemm.Multiply(kernel, M, N, K, new IntegerFactor(A, IsLeftSigned, LeftZeros), new IntegerFactor(B, IsRightSigned, RightZeros), packed, ref epilogue, requantization, workers);
        }
    }
}
