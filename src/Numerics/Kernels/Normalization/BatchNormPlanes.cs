using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Batch normalization of [N, C, S] with S above 1, in two passes over memory in its own order: sums by chunks, which are joined per channel in binary64,
/// then the result. Chunks and planes are split over the workers.
/// </summary>
/// <param name="shape">The sizes.</param>
/// <param name="level">The instruction set.</param>
/// <param name="workers">The threads.</param>
internal readonly unsafe ref struct BatchNormPlanes<T>(BatchNormShape shape, KernelLevel level, WorkerPool workers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Elements of a part below which a sleeping worker would wake too late to help.
    private const int Grain = 16384;

    /// <summary>Writes the population's mean and variance of every channel.</summary>
    public void Statistics(T* x, T* mean, T* variance)
    {
        double* sums = CallScratch.Rent<double>((2 * (nint)shape.Items) + (2 * shape.Channels));
        double* squares = sums + shape.Items;
        double* means = squares + shape.Items;
        double* totals = means + shape.Channels;
        var body = new BatchNormStatisticsBody(shape, x, sums, squares);
        RunOverItems(ref body);
        AddItems(sums, means);
        for (int c = 0; c < shape.Channels; c++)
        {
            means[c] /= shape.Population;
            totals[c] = 0;
        }

        // The squares around a chunk's own centre k become squares around the mean μ of all: Σ (x - μ)² = Σ (x - k)² + 2 (k - μ) Σ (x - k) + n (k - μ)².
        for (int chunk = 0; chunk < shape.Chunks; chunk++)
        {
            int length = shape.ChunkLength(chunk);
            double* sum = sums + ((nint)chunk * shape.Channels);
            double* square = squares + ((nint)chunk * shape.Channels);
            for (int c = 0; c < shape.Channels; c++)
            {
                double center = double.CreateTruncating(BatchNormStatisticsBody.Center<T>(sum[c], length));
                double distance = center - means[c];
                totals[c] += square[c] + (2 * distance * (sum[c] - (length * center))) + (length * distance * distance);
            }
        }

        for (int c = 0; c < shape.Channels; c++)
        {
            mean[c] = T.CreateTruncating(means[c]);
            variance[c] = T.CreateTruncating(Math.Max(totals[c], 0) / shape.Population);
        }
    }

    /// <summary>y = activation((x - mean) · scale / √(variance + epsilon) + bias).</summary>
    public void Apply(ActivationKind activation, T* x, T* y, T* scale, T* bias, T* mean, T* variance, double epsilon)
    {
        T* factor = CallScratch.Rent<T>(shape.Channels);
        Factors(scale, variance, epsilon, factor);
        if (activation == ActivationKind.Relu)
        {
            var body = new BatchNormApplyBody<Relu>(shape, default, x, y, mean, factor, bias);
            RunOverPlanes(ref body);
        }
        else
        {
            var body = new BatchNormApplyBody<NoOperation>(shape, default, x, y, mean, factor, bias);
            RunOverPlanes(ref body);
        }
    }

    /// <summary>The gradients; dx may be null.</summary>
    public void Backward<TActivation>(TActivation activation, T* x, T* dy, T* dx, T* scale, T* bias, T* mean, T* variance, T* dscale, T* dbias, double epsilon, bool accumulate, bool hasFixedStatistics)
        where TActivation : struct, IDifferentiableOperation
    {
        double* sums = CallScratch.Rent<double>((2 * (nint)shape.Items) + (6 * shape.Channels));
        double* products = sums + shape.Items;
        double* sum = products + shape.Items;
        double* product = sum + shape.Channels;
        T* factor = (T*)(product + shape.Channels);
        T* coefficients = (T*)(product + (2 * shape.Channels));
        Factors(scale, variance, epsilon, factor);
        var body = new BatchNormSumsBody<TActivation>(shape, activation, x, dy, mean, factor, bias, sums, products);
        RunOverItems(ref body);
        AddItems(sums, sum);
        AddItems(products, product);
        for (int c = 0; c < shape.Channels; c++)
        {
            double inverse = 1 / Math.Sqrt(double.CreateTruncating(variance[c]) + epsilon);
            double a = double.CreateTruncating(scale[c]) * inverse;
            dbias[c] = T.CreateTruncating(sum[c]);
            dscale[c] = T.CreateTruncating(product[c] * inverse);
            coefficients[c] = T.CreateTruncating(a);
            coefficients[shape.Channels + c] = T.CreateTruncating(hasFixedStatistics ? 0 : -(a * inverse * inverse * product[c] / shape.Population));
            coefficients[(2 * shape.Channels) + c] = T.CreateTruncating(hasFixedStatistics ? 0 : -(a * sum[c] / shape.Population));
        }

        if (dx is not null)
        {
            var gradient = new BatchNormGradientBody<TActivation>(shape, activation, x, dy, dx, mean, factor, bias, coefficients, accumulate);
            RunOverPlanes(ref gradient);
        }
    }

    private void Factors(T* scale, T* variance, double epsilon, T* factor)
    {
        for (int c = 0; c < shape.Channels; c++)
        {
            factor[c] = scale[c] / T.Sqrt(variance[c] + T.CreateTruncating(epsilon));
        }
    }

    // Chunks are added in their order.
    private void AddItems(double* items, double* totals)
    {
        new Span<double>(totals, shape.Channels).Clear();
        for (int chunk = 0; chunk < shape.Chunks; chunk++, items += shape.Channels)
        {
            for (int c = 0; c < shape.Channels; c++)
            {
                totals[c] += items[c];
            }
        }
    }

    private void RunOverItems<TBody>(ref TBody body)
        where TBody : struct, ILaneBody => LaneTraversal.Run<TBody, T>(ref body, shape.Items, Grain / (shape.ChunkSamples * shape.Spatial), 1, level, workers);

    private void RunOverPlanes<TBody>(ref TBody body)
        where TBody : struct, ILaneBody => LaneTraversal.Run<TBody, T>(ref body, shape.Batch * shape.Channels, Grain / shape.Spatial, 1, level, workers);
}
