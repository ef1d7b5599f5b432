using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Training;

/// <summary>
/// Copies batches of inputs, targets and weights to where programs read them, in order or shuffled. Copying allocates nothing, and what is
/// copied depends neither on threads nor on when it happens.
/// </summary>
internal sealed class BatchSource
{
    // Elements of samples to transform from which another thread is woken; transforming one takes a nanosecond and more.
    private const int TransformGrain = 8192;

    private readonly Column[] _columns;
    private readonly int[]? _order;
    private readonly SampleTransform? _transform;
    private readonly Shape _sample;
    private readonly WorkerPool _workers;

    // One for each thread: a transform draws from its sample's place in the stream.
    private readonly CounterRandom[] _random;

    /// <summary>Makes the source of samples <paramref name="first"/> to <c>first + count</c>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="shuffles">Whether epochs take them in random order.</param>
    /// <param name="workers">The threads to copy with.</param>
    /// <param name="transform">Changes every sample of the first input on its way; null for none.</param>
    public BatchSource(TrainingData data, int first, int count, bool shuffles, WorkerPool workers, SampleTransform? transform = null)
    {
        Count = count;
        IsWeighted = data.SampleWeights is not null;
        _columns = [.. data.Inputs.Concat(data.Targets).Concat(IsWeighted ? (Tensor<float>[])[data.SampleWeights!] : []).Select(tensor => new Column(tensor, first, count))];
        TargetWidths = [.. data.Targets.Select(tensor => tensor.Shape.LengthOf(1..))];
        InputCount = data.Inputs.Count;
        ValuesPerSample = _columns.Sum(column => column.Width);
        _order = shuffles ? new int[count] : null;
        _workers = workers;
        _transform = transform;
        _random = new CounterRandom[transform is null ? 0 : workers.ThreadCount];
        _sample = new Shape(data.Inputs[0].Shape.Dimensions[1..]);
    }

    public int Count { get; }

    public int InputCount { get; }

    public bool IsWeighted { get; }

    /// <summary>Whether samples are changed on their way.</summary>
    public bool IsTransformed => _transform is not null;

    /// <summary>Values a sample of all inputs, targets and weights.</summary>
    public int ValuesPerSample { get; }

    /// <summary>Values a sample of each target.</summary>
    public IReadOnlyList<int> TargetWidths { get; }

    /// <summary>Draws the order and the transformations of an epoch; they depend on the seed and the epoch's number alone.</summary>
    public void BeginEpoch(int seed, int epoch)
    {
        for (int i = 0; i < _random.Length; i++)
        {
            _random[i] = new CounterRandom((ulong)seed, RandomStreams.Augmentation(epoch));
        }

        if (_order is null)
        {
            return;
        }

        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        new CounterRandom((ulong)seed, RandomStreams.Shuffle(epoch)).Shuffle<int>(_order);
    }

    /// <summary>Fills the inputs of a program with the samples that are next in the epoch's order.</summary>
    public void Fill(StepProgram program, int start, int rows)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            Fill(column, program.InputSlice(column), start, rows, _workers);
        }
    }

    /// <summary>Fills the other inputs of a program (<see cref="StepProgram.ExchangeInputs"/>) on the calling thread alone, while the program may run.</summary>
    public void FillNext(StepProgram program, int start, int rows)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            Fill(column, program.NextInputSlice(column), start, rows, WorkerPool.Serial);
        }
    }

    private void Fill(int column, BufferSlice destination, int start, int rows, WorkerPool workers)
    {
        if (column == 0 && _transform is not null)
        {
            var body = new TransformBody(this, destination, start, rows);
            int parts = Math.Clamp((int)((long)rows * _columns[0].Width / TransformGrain), 1, Math.Min(workers.ThreadCount, rows));
            workers.Run(ref body, parts);
            return;
        }

        ReadOnlySpan<float> source = _columns[column].Values.Span;
        int width = _columns[column].Width;
        if (_order is null)
        {
            source.Slice(start * width, rows * width).CopyTo(destination.Span);
        }
        else
        {
            RowGather.Copy(source, width, _order.AsSpan(start, rows), destination.Span, workers);
        }
    }

    private void Transform(Span<float> destination, int start, int from, int to, CounterRandom random)
    {
        ReadOnlySpan<float> source = _columns[0].Values.Span;
        int width = _columns[0].Width;
        for (int row = from; row < to; row++)
        {
            int sample = _order is null ? start + row : _order[start + row];
            random.Position = (ulong)sample << 32;
            _transform!.Apply(source.Slice(sample * width, width), destination.Slice(row * width, width), _sample, random);
        }
    }

    private readonly struct TransformBody(BatchSource owner, BufferSlice destination, int start, int rows) : IParallelBody
    {
        public void Invoke(int part, int partCount) =>
            owner.Transform(destination.Span, start, (int)((long)rows * part / partCount), (int)((long)rows * (part + 1) / partCount), owner._random[part]);
    }

    private sealed class Column(Tensor<float> tensor, int first, int count)
    {
        public int Width { get; } = tensor.Shape.LengthOf(1..);

        public ReadOnlyMemory<float> Values { get; } = tensor.Memory.Slice(first * tensor.Shape.LengthOf(1..), count * tensor.Shape.LengthOf(1..));
    }
}
