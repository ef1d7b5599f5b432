using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Batch and layer normalization in float32 and float64. Planes, channels or rows are split over the workers; sums have an order that depends
/// on the sizes alone.
/// </summary>
public static unsafe class Normalization
{
    // Elements of a part below which a sleeping worker would wake too late to help.
    private const int Grain = 16384;

    /// <summary>
    /// Batch normalization with given statistics, over x [batch, channels, spatial]:
    /// y[n,c,s] = activation((x[n,c,s] - mean[c]) · scale[c] / √(variance[c] + epsilon) + bias[c]). x and y may be the same memory.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit, or the activation is neither none nor relu.</exception>
    public static void BatchInference<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> bias, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance, T epsilon, Span<T> y, int batch, int channels, int spatial, WorkerPool workers, ActivationKind activation = ActivationKind.None)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckActivation(activation);
        Check.Length(x.Length, batch * channels * spatial);
        Check.Length(y.Length, x.Length);
        CheckChannels(channels, scale.Length, bias.Length, mean.Length, variance.Length);
        if (x.Length == 0)
        {
            return;
        }

        fixed (T* px = x, py = y, pScale = scale, pBias = bias, pMean = mean, pVariance = variance)
        {
            Forward(new BatchNormShape(batch, channels, spatial), activation, px, py, pScale, pBias, pMean, pVariance, double.CreateTruncating(epsilon), takesStatistics: false, KernelSet.CurrentLevel, workers);
        }
    }

    /// <summary>
    /// Batch normalization with the statistics of x [batch, channels, spatial]: mean[c] and variance[c], the population's (divided by
    /// batch · spatial), are written; y is as in <see cref="BatchInference"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit, there are no elements to take statistics of, or the activation is neither none nor relu.</exception>
    public static void BatchTraining<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> bias, T epsilon, Span<T> y, Span<T> mean, Span<T> variance, int batch, int channels, int spatial, WorkerPool workers, ActivationKind activation = ActivationKind.None)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckActivation(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spatial, 1);
        Check.Length(x.Length, batch * channels * spatial);
        Check.Length(y.Length, x.Length);
        CheckChannels(channels, scale.Length, bias.Length, mean.Length, variance.Length);
        fixed (T* px = x, py = y, pScale = scale, pBias = bias, pMean = mean, pVariance = variance)
        {
            Forward(new BatchNormShape(batch, channels, spatial), activation, px, py, pScale, pBias, pMean, pVariance, double.CreateTruncating(epsilon), takesStatistics: true, KernelSet.CurrentLevel, workers);
        }
    }

    /// <summary>
    /// The gradients of <see cref="BatchTraining"/>. With m = batch · spatial, r = 1 / √(variance + epsilon), x̂ = (x - mean) · r and g = dy · activation'(x̂ · scale + bias):
    /// dbias = Σ g; dscale = Σ g · x̂; dx = scale · r · (g - dbias / m - x̂ · dscale / m).
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="scale">The factors, [channels].</param>
    /// <param name="mean">The means that forward wrote.</param>
    /// <param name="variance">The variances that forward wrote.</param>
    /// <param name="epsilon">As in forward.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="dx">The gradient by x, or empty if nobody needs it; it may be dy's memory unless accumulating.</param>
    /// <param name="dscale">The gradient by scale; written always.</param>
    /// <param name="dbias">The gradient by bias; written always.</param>
    /// <param name="batch">N.</param>
    /// <param name="channels">C.</param>
    /// <param name="spatial">The elements of a channel of one sample; 1 for [N, C].</param>
    /// <param name="workers">The threads.</param>
    /// <param name="accumulate">Whether to add to dx instead of filling it; dscale and dbias are filled always.</param>
    /// <param name="hasFixedStatistics">Whether mean and variance were given, as in <see cref="BatchInference"/>: dx = g · scale · r then.</param>
    /// <param name="activation">As in forward.</param>
    /// <param name="bias">The summands, [channels]; read where there is an activation, to have its input again.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the activation is neither none nor relu.</exception>
    public static void BatchBackward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance, T epsilon, ReadOnlySpan<T> dy, Span<T> dx, Span<T> dscale, Span<T> dbias, int batch, int channels, int spatial, WorkerPool workers, bool accumulate = false, bool hasFixedStatistics = false, ActivationKind activation = ActivationKind.None, ReadOnlySpan<T> bias = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spatial, 1);
        Check.Length(x.Length, batch * channels * spatial);
        Check.Length(dy.Length, x.Length);
        if (dx.Length > 0)
        {
            Check.Length(dx.Length, x.Length);
        }

        CheckChannels(channels, scale.Length, dbias.Length, mean.Length, variance.Length);
        Check.Length(dscale.Length, channels);
        CheckActivation(activation);
        if (activation != ActivationKind.None)
        {
            Check.Length(bias.Length, channels);
        }

        fixed (T* px = x, pdy = dy, pdx = dx, pScale = scale, pMean = mean, pVariance = variance, pdScale = dscale, pdBias = dbias, pBias = bias)
        {
            var shape = new BatchNormShape(batch, channels, spatial);
            double e = double.CreateTruncating(epsilon);
            if (activation == ActivationKind.Relu)
            {
                Backward(default(Relu), shape, px, pdy, pdx, pScale, pBias, pMean, pVariance, pdScale, pdBias, e, accumulate, hasFixedStatistics, KernelSet.CurrentLevel, workers);
            }
            else
            {
                Backward(default(NoOperation), shape, px, pdy, pdx, pScale, null, pMean, pVariance, pdScale, pdBias, e, accumulate, hasFixedStatistics, KernelSet.CurrentLevel, workers);
            }
        }
    }

    /// <summary>
    /// Layer normalization of the rows of x [rows, columns]: y[r,c] = (x[r,c] - mean[r]) · inverseDeviation[r] · scale[c] + bias[c], with
    /// inverseDeviation = 1 / √(the row's population variance + epsilon). x and y may be the same memory.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="scale">The factors, [columns].</param>
    /// <param name="bias">The summands, [columns]; empty for none.</param>
    /// <param name="epsilon">What keeps the root away from 0.</param>
    /// <param name="y">The output.</param>
    /// <param name="mean">The means, [rows]; empty if nobody wants to know.</param>
    /// <param name="inverseDeviation">The factors, [rows]; empty if nobody wants to know.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The elements of a row: those of the last axes.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void LayerForward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> bias, T epsilon, Span<T> y, Span<T> mean, Span<T> inverseDeviation, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Check.Matrix(x.Length, rows, columns);
        Check.Length(y.Length, x.Length);
        Check.Length(scale.Length, columns);
        CheckOptional(bias.Length, columns, "bias");
        CheckOptional(mean.Length, rows, "mean");
        CheckOptional(inverseDeviation.Length, rows, "inverseDeviation");
        fixed (T* px = x, py = y, pScale = scale, pBias = bias, pMean = mean, pInverse = inverseDeviation)
        {
            var body = new LayerNormBody(px, py, pScale, pBias, pMean, pInverse, columns, double.CreateTruncating(epsilon));
            LaneTraversal.Run<LayerNormBody, T>(ref body, rows, Grain / columns, 1, workers);
        }
    }

    /// <summary>
    /// Over rows of x [rows, columns]: y = x / √(mean(x²) + epsilon) · scale, scale [columns]. x and y may be the same memory.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void RootMeanSquare<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, T epsilon, Span<T> y, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Check.Matrix(x.Length, rows, columns);
        Check.Length(y.Length, x.Length);
        Check.Length(scale.Length, columns);
        fixed (T* px = x, py = y, pScale = scale)
        {
            var body = new RootMeanSquareBody(px, py, pScale, columns, double.CreateTruncating(epsilon));
            LaneTraversal.Run<RootMeanSquareBody, T>(ref body, rows, Grain / columns, 1, workers);
        }
    }

    /// <summary>
    /// The gradients of <see cref="LayerForward"/>. With x̂ = (x - mean) · inverseDeviation and g = dy · scale:
    /// dx = inverseDeviation · (g - mean_c g - x̂ · mean_c (g · x̂)); dscale = Σ_r dy · x̂; dbias = Σ_r dy.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="scale">The factors, [columns].</param>
    /// <param name="mean">The means that forward wrote.</param>
    /// <param name="inverseDeviation">The factors that forward wrote.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="dx">The gradient by x, or empty if nobody needs it.</param>
    /// <param name="dscale">The gradient by scale, or empty if nobody needs it.</param>
    /// <param name="dbias">The gradient by bias, or empty if nobody needs it.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The elements of a row.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="accumulate">Whether to add to dx instead of filling it; dscale and dbias are filled always.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void LayerBackward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> mean, ReadOnlySpan<T> inverseDeviation, ReadOnlySpan<T> dy, Span<T> dx, Span<T> dscale, Span<T> dbias, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Check.Matrix(x.Length, rows, columns);
        Check.Length(dy.Length, x.Length);
        Check.Length(scale.Length, columns);
        Check.Length(mean.Length, rows);
        Check.Length(inverseDeviation.Length, rows);
        CheckOptional(dx.Length, x.Length, "dx");
        CheckOptional(dscale.Length, columns, "dscale");
        CheckOptional(dbias.Length, columns, "dbias");
        fixed (T* px = x, pdy = dy, pdx = dx, pScale = scale, pMean = mean, pInverse = inverseDeviation, pdScale = dscale, pdBias = dbias)
        {
            if (pdx is not null)
            {
                var body = new LayerNormBackwardBody(px, pdy, pdx, pScale, pMean, pInverse, columns, accumulate);
                LaneTraversal.Run<LayerNormBackwardBody, T>(ref body, rows, Grain / columns, 1, workers);
            }

            if (pdScale is not null || pdBias is not null)
            {
                var body = new LayerNormParametersBody(px, pdy, pMean, pInverse, pdScale, pdBias, rows, columns);
                LaneTraversal.Run<LayerNormParametersBody, T>(ref body, columns, Grain / Math.Max(rows, 1), LaneTraversal.ElementAlignment, workers);
            }
        }
    }

    /// <summary><see cref="BatchInference"/> and <see cref="BatchTraining"/> with one instruction set.</summary>
    internal static void Forward<T>(BatchNormShape shape, ActivationKind activation, T* x, T* y, T* scale, T* bias, T* mean, T* variance, double epsilon, bool takesStatistics, KernelLevel level, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (shape.Spatial > 1)
        {
            var planes = new BatchNormPlanes<T>(shape, level, workers);
            if (takesStatistics)
            {
                planes.Statistics(x, mean, variance);
            }

            planes.Apply(activation, x, y, scale, bias, mean, variance, epsilon);
        }
        else if (activation == ActivationKind.Relu)
        {
            var body = new BatchNormColumnsBody<Relu>(shape, default, x, y, scale, bias, mean, variance, epsilon, takesStatistics);
            RunOverColumns<BatchNormColumnsBody<Relu>, T>(ref body, shape, level, workers);
        }
        else
        {
            var body = new BatchNormColumnsBody<NoOperation>(shape, default, x, y, scale, bias, mean, variance, epsilon, takesStatistics);
            RunOverColumns<BatchNormColumnsBody<NoOperation>, T>(ref body, shape, level, workers);
        }
    }

    /// <summary><see cref="BatchBackward"/> with one instruction set.</summary>
    internal static void Backward<TActivation, T>(TActivation activation, BatchNormShape shape, T* x, T* dy, T* dx, T* scale, T* bias, T* mean, T* variance, T* dscale, T* dbias, double epsilon, bool accumulate, bool hasFixedStatistics, KernelLevel level, WorkerPool workers)
        where TActivation : struct, IDifferentiableOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (shape.Spatial > 1)
        {
            new BatchNormPlanes<T>(shape, level, workers).Backward(activation, x, dy, dx, scale, bias, mean, variance, dscale, dbias, epsilon, accumulate, hasFixedStatistics);
            return;
        }

        var body = new BatchNormColumnsBackwardBody<TActivation>(shape, activation, x, dy, dx, scale, bias, mean, variance, dscale, dbias, epsilon, accumulate, hasFixedStatistics);
        RunOverColumns<BatchNormColumnsBackwardBody<TActivation>, T>(ref body, shape, level, workers);
    }

    private static void RunOverColumns<TBody, T>(ref TBody body, BatchNormShape shape, KernelLevel level, WorkerPool workers)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LaneTraversal.Run<TBody, T>(ref body, shape.Channels, Grain / Math.Max(shape.Batch, 1), LaneTraversal.ElementAlignment, level, workers);

    private static void CheckActivation(ActivationKind activation)
    {
        if (activation is not (ActivationKind.None or ActivationKind.Relu))
        {
            throw new ArgumentException($"Normalization: expected activation None or Relu, got {activation}; apply it as an operation of its own.", nameof(activation));
        }
    }

    private static void CheckChannels(int channels, int scale, int bias, int mean, int variance)
    {
        Check.Length(scale, channels);
        Check.Length(bias, channels);
        Check.Length(mean, channels);
        Check.Length(variance, channels);
    }

    private static void CheckOptional(int actual, int expected, string name)
    {
        if (actual > 0)
        {
            Check.Length(actual, expected, name);
        }
    }
}
