using System.Globalization;
using System.Text;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>
/// How often each class was taken for each: rows are true classes, columns predicted ones. One output a sample means two classes, divided
/// at 0.5; several mean one class each, with one-hot targets or a class index. The first batch says how many classes there are.
/// <see cref="Result"/> is the share on the diagonal.
/// </summary>
public sealed class ConfusionMatrix : Metric
{
    private long[] _counts = [];
    private long _samples;

    /// <inheritdoc/>
    public override string Name => "confusion_matrix";

    /// <summary>The number of classes; 0 before the first batch.</summary>
    public int Classes { get; private set; }

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            long right = 0;
            for (int index = 0; index < Classes; index++)
            {
                right += this[index, index];
            }

            return _samples == 0 ? double.NaN : (double)right / _samples;
        }
    }

    /// <summary>How many samples of a class were predicted to be of another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int trueClass, int predictedClass]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)trueClass, (uint)Classes, nameof(trueClass));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predictedClass, (uint)Classes, nameof(predictedClass));
            return _counts[(trueClass * Classes) + predictedClass];
        }
    }

    /// <summary>The share of right ones among the predictions of a class; 0 where there are none.</summary>
    public double PrecisionOf(int index) => Share(index, PredictedCount(index));

    /// <summary>The share found of the samples of a class; 0 where there are none.</summary>
    public double RecallOf(int index) => Share(index, TrueCount(index));

    /// <summary>The harmonic mean of a class's precision and recall: 2·TP / (true + predicted); 0 where there are none.</summary>
    public double F1Of(int index) => 2 * Share(index, TrueCount(index) + PredictedCount(index));

    /// <summary>The mean of the classes' F1.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            for (int index = 0; index < Classes; index++)
            {
                sum += F1Of(index);
            }

            return Classes == 0 ? double.NaN : sum / Classes;
        }
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        if (targetColumns != 1)
        {
            CheckSameColumns(columns, targetColumns);
        }

        SetClasses(Math.Max(columns, 2));
        Span<int> index = stackalloc int[1];
        for (int row = 0; row < rows; row++)
        {
            int wanted = targetColumns == 1 ? ClassOf(targets[row], row, Classes) : GreatestOf(targets.Slice(row * columns, columns), index);
            int predicted = columns == 1 ? (predictions[row] > 0.5f ? 1 : 0) : GreatestOf(predictions.Slice(row * columns, columns), index);
            _counts[(wanted * Classes) + predicted]++;
            _samples++;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_counts);
        _samples = 0;
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new ConfusionMatrix();

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("classes", Classes);
        state.Set("counts", _counts);
        state.Set("samples", _samples);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var classes = (int)state.GetInt64("classes");
        long[] counts = state.GetInt64s("counts");
        if (counts.Length != (long)classes * classes)
        {
            throw new CheckpointException($"{Name}: expected {classes} by {classes} counts in the checkpoint, got {counts.Length}.");
        }

        (Classes, _counts, _samples) = (classes, counts, state.GetInt64("samples"));
    }

    /// <summary>The matrix as a table: a line for each true class, a column for each predicted one.</summary>
    public override string ToString()
    {
        int width = Math.Max(4, _counts.DefaultIfEmpty().Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        var text = new StringBuilder("true\\predicted");
        int first = text.Length;
        for (int column = 0; column < Classes; column++)
        {
            text.Append(column.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        for (int row = 0; row < Classes; row++)
        {
            text.Append('\n').Append(row.ToString(CultureInfo.InvariantCulture).PadLeft(first));
            for (int column = 0; column < Classes; column++)
            {
                text.Append(this[row, column].ToString(CultureInfo.InvariantCulture).PadLeft(width));
            }
        }

        return text.ToString();
    }

    private static int GreatestOf(ReadOnlySpan<float> row, Span<int> index)
    {
        Reduction.ArgMax(row, index, 1, row.Length);
        return index[0];
    }

    private void SetClasses(int classes)
    {
        if (classes == Classes)
        {
            return;
        }

        if (_samples > 0)
        {
            throw new ArgumentException($"{Name}: expected {Classes} classes as before, got {classes}; call Reset first.");
        }

        _counts = new long[classes * classes];
        Classes = classes;
    }

    private double Share(int index, long whole) => whole == 0 ? 0 : (double)this[index, index] / whole;

    private long TrueCount(int index)
    {
        long sum = 0;
        for (int column = 0; column < Classes; column++)
        {
            sum += this[index, column];
        }

        return sum;
    }

    private long PredictedCount(int index)
    {
        long sum = 0;
        for (int row = 0; row < Classes; row++)
        {
            sum += this[row, index];
        }

        return sum;
    }
}
