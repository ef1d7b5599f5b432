using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

/// <summary>A geometry with operands, and what the definition, summed naively in float64, makes of them.</summary>
internal sealed class ConvolutionCase
{
    private readonly ConvolutionGeometry _g;

    public ConvolutionCase(in ConvolutionGeometry g)
    {
        _g = g;
        X = Values(1, g.InputLength);
        W = Values(2, g.WeightLength);
        Bias = Values(3, g.OutputChannels);
        InputBias = Values(4, g.InputChannels);
        Dy = Values(5, g.OutputLength);
        Before = Values(6, Math.Max(g.InputLength, Math.Max(g.OutputLength, g.WeightLength)));
    }

    public ConvolutionGeometry Geometry => _g;

    public float[] X { get; }

    public float[] W { get; }

    public float[] Bias { get; }

    public float[] InputBias { get; }

    public float[] Dy { get; private set; }

    /// <summary>What a result that is added to held.</summary>
    public float[] Before { get; }

    /// <summary>The case with values that are rounded at every step, so that an order of summation shows.</summary>
    public ConvolutionCase WithFractions()
    {
        foreach (float[] values in new[] { X, W, Bias, InputBias, Dy, Before })
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (values[i] + 0.3f) / (1.7f + (i % 13));
            }
        }

        return this;
    }

    /// <summary>The case with another gradient by the output.</summary>
    public ConvolutionCase WithOutputGradient(float[] dy)
    {
        var copy = (ConvolutionCase)MemberwiseClone();
        copy.Dy = dy;
        return copy;
    }

    public double[] Forward()
    {
        double[] y = new double[_g.OutputLength];
        for (int output = 0; output < y.Length; output++)
        {
            y[output] = Bias[output / _g.OutputArea % _g.OutputChannels];
        }

        Visit((x, w, output) => y[output] += (double)X[x] * W[w]);
        return y;
    }

    public double[] BackwardInput()
    {
        double[] dx = new double[_g.InputLength];
        Visit((x, w, output) => dx[x] += (double)Dy[output] * W[w]);
        return dx;
    }

    public double[] BackwardWeights()
    {
        double[] dw = new double[_g.WeightLength];
        Visit((x, w, output) => dw[w] += (double)Dy[output] * X[x]);
        return dw;
    }

    public float[] RunForward(KernelSet set, WorkerPool workers, ActivationKind activation = ActivationKind.None)
    {
        float[] y = new float[_g.OutputLength];
        Array.Fill(y, float.NaN);
        Convolution.Forward<float>(set, in _g, X, W, false, Bias, y, false, activation, workers);
        return y;
    }

    public float[] RunAddForward(KernelSet set, WorkerPool workers)
    {
        float[] y = Before[.._g.OutputLength];
        Convolution.Forward<float>(set, in _g, X, W, false, [], y, true, ActivationKind.None, workers);
        return y;
    }

    public float[] RunBackwardInput(KernelSet set, WorkerPool workers, bool accumulate = false)
    {
        float[] dx = accumulate ? Before[.._g.InputLength] : new float[_g.InputLength];
        if (!accumulate)
        {
            Array.Fill(dx, float.NaN);
        }

        Convolution.BackwardInput<float>(set, in _g, Dy, W, [], dx, accumulate, ActivationKind.None, workers);
        return dx;
    }

    public float[] RunTransposed(KernelSet set, WorkerPool workers, ActivationKind activation = ActivationKind.None)
    {
        float[] y = new float[_g.InputLength];
        Array.Fill(y, float.NaN);
        Convolution.BackwardInput<float>(set, in _g, Dy, W, InputBias, y, false, activation, workers);
        return y;
    }

    public float[] RunBackwardWeights(KernelSet set, WorkerPool workers, bool accumulate = false)
    {
        float[] dw = accumulate ? Before[.._g.WeightLength] : new float[_g.WeightLength];
        if (!accumulate)
        {
            Array.Fill(dw, float.NaN);
        }

        Convolution.BackwardWeights<float>(set, in _g, X, Dy, dw, accumulate, workers);
        return dw;
    }

    /// <summary>The gradients by x, w and the bias together, where <paramref name="y"/> came out of the activation; each is left out where that is said.</summary>
    public (float[] Dx, float[] Dw, float[] Db, float[] All) RunBackward(
        KernelSet set, WorkerPool workers, float[] y, ActivationKind activation, bool accumulate = false, bool needsDx = true, bool needsDw = true, bool needsDb = true)
    {
        float[] dx = Result(needsDx, accumulate, _g.InputLength);
        float[] dw = Result(needsDw, accumulate, _g.WeightLength);
        float[] db = Result(needsDb, accumulate, _g.OutputChannels);
        float[] scratch = new float[activation == ActivationKind.None ? 0 : _g.OutputLength];
        Array.Fill(scratch, float.NaN);
        Convolution.Backward(
            set,
            in _g,
            new ConvolutionGradients<float>
            {
                X = X,
                W = W,
                Y = y,
                Dy = Dy,
                Activation = activation,
                Scratch = scratch,
                Dx = dx,
                AccumulatesDx = accumulate,
                Dw = dw,
                AccumulatesDw = accumulate,
                Db = db,
                AccumulatesDb = accumulate,
            },
            workers);
        return (dx, dw, db, [.. dx, .. dw, .. db]);
    }

    /// <summary>Small whole numbers, whose products and sums float32 holds exactly: results must be equal, in whatever order terms are added.</summary>
    public static float[] Values(ulong stream, int length)
    {
        float[] values = new float[length];
        var random = new CounterRandom(11, stream);
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextInt32(17) - 8;
        }

        return values;
    }

    private float[] Result(bool isNeeded, bool accumulates, int length)
    {
        float[] result = isNeeded ? Before[..length] : [];
        if (!accumulates)
        {
            Array.Fill(result, float.NaN);
        }

        return result;
    }

    public override string ToString() => _g.ToString();

    // Calls once for every product of the definition, with the indices of x, w and y.
    private void Visit(Action<int, int, int> visit)
    {
        int outputHeight = _g.OutputHeight;
        int outputWidth = _g.OutputWidth;
        for (int n = 0; n < _g.Batch; n++)
        {
            for (int m = 0; m < _g.OutputChannels; m++)
            {
                for (int c = 0; c < _g.GroupInputChannels; c++)
                {
                    int channel = (m / _g.GroupOutputChannels * _g.GroupInputChannels) + c;
                    for (int i = 0; i < _g.KernelHeight; i++)
                    {
                        for (int j = 0; j < _g.KernelWidth; j++)
                        {
                            int w = (((((m * _g.GroupInputChannels) + c) * _g.KernelHeight) + i) * _g.KernelWidth) + j;
                            for (int row = 0; row < outputHeight; row++)
                            {
                                for (int column = 0; column < outputWidth; column++)
                                {
                                    int y = (row * _g.StrideHeight) + (i * _g.DilationHeight) - _g.PadTop;
                                    int x = (column * _g.StrideWidth) + (j * _g.DilationWidth) - _g.PadLeft;
                                    if (y >= 0 && y < _g.InputHeight && x >= 0 && x < _g.InputWidth)
                                    {
                                        visit((((((n * _g.InputChannels) + channel) * _g.InputHeight) + y) * _g.InputWidth) + x, w, (((((n * _g.OutputChannels) + m) * outputHeight) + row) * outputWidth) + column);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
