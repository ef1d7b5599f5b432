using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Ways to divide samples into a training and a test part, as indices for <see cref="Dataset.Select"/> and <see cref="CsvTable.Select"/>. A seed and a
/// number of samples always give the same division.
/// </summary>
public static class Splits
{
    /// <summary>Orders that shuffle must not meet the streams of weights and dropout of the same seed.</summary>
    private const ulong Stream = 0x5350_4C49_5453_0000;

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in a random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static int[] Permutation(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        new CounterRandom(seed, Stream).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>A random share as test part.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="testShare">The share of the test part, between 0 and 1; the number of samples is rounded, halves up, and at least 1.</param>
    /// <param name="seed">The seed of the division.</param>
    /// <returns>The indices of both parts, each in random order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or a part would be empty.</exception>
    public static (int[] Train, int[] Test) TrainTest(int count, double testShare, ulong seed)
    {
        int test = TestCount(count, testShare);
        int[] order = Permutation(count, seed);
        return (order[test..], order[..test]);
    }

    /// <summary>A random share of every class as test part, so that both parts have the classes' shares.</summary>
    /// <param name="classes">Class indices, [n] or [n, 1], or one-hot rows, [n, classes].</param>
    /// <param name="testShare">The share of the test part, between 0 and 1; the number of samples of each class is rounded, halves up.</param>
    /// <param name="seed">The seed of the division.</param>
    /// <returns>The indices of both parts, each in random order.</returns>
    /// <exception cref="ArgumentException">The targets are no classes, a class has fewer than two samples, or the share is not between 0 and 1.</exception>
    public static (int[] Train, int[] Test) StratifiedTrainTest(Tensor<float> classes, double testShare, ulong seed)
    {
        int[][] members = Members(classes, 2, seed);
        var train = new List<int>();
        var test = new List<int>();
        foreach (int[] member in members)
        {
            int count = TestCount(member.Length, testShare);
            test.AddRange(member[..count]);
            train.AddRange(member[count..]);
        }

        return (Mix(train, seed, 1), Mix(test, seed, 2));
    }

    /// <summary>k-fold cross-validation: every sample is in the test part of one fold, and folds differ by at most one sample.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="folds">k, from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the division.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or more than samples.</exception>
    public static IReadOnlyList<(int[] Train, int[] Test)> KFold(int count, int folds, ulong seed)
    {
        CheckFolds(count, folds);
        return Folds([Permutation(count, seed)], folds, seed);
    }

    /// <summary>k-fold cross-validation in which every fold has the classes' shares, to within one sample of each class.</summary>
    /// <param name="classes">Class indices, [n] or [n, 1], or one-hot rows, [n, classes].</param>
    /// <param name="folds">k, from 2 to the number of samples of the rarest class.</param>
    /// <param name="seed">The seed of the division.</param>
    /// <exception cref="ArgumentException">The targets are no classes, or a class has fewer samples than there are folds.</exception>
    public static IReadOnlyList<(int[] Train, int[] Test)> StratifiedKFold(Tensor<float> classes, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classes);
        CheckFolds(classes.Shape.Rank == 0 ? 0 : classes.Shape[0], folds);
        return Folds(Members(classes, folds, seed), folds, seed);
    }

    /// <summary>The last samples as test part, in their order: for series in time, whose future must not be known in training.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="testCount">Samples of the test part.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public static (int[] Train, int[] Test) TimeOrdered(int count, int testCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(testCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testCount, count);
        return ([.. Enumerable.Range(0, count - testCount)], [.. Enumerable.Range(count - testCount, testCount)]);
    }

    /// <summary>
    /// Cross-validation of a series in time: the test parts are neighbouring windows up to the end, and each is tested on what was trained on all
    /// samples before it.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="windows">The number of test windows.</param>
    /// <param name="windowCount">Samples a window.</param>
    /// <returns>The first window first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or nothing is left to train on before the first window.</exception>
    public static IReadOnlyList<(int[] Train, int[] Test)> ExpandingWindow(int count, int windows, int windowCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowCount, 1);
        long first = count - ((long)windows * windowCount);
        if (first < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(windows), $"Splits: expected more than {windows} x {windowCount} samples, got {count}; take fewer or smaller windows.");
        }

        return [.. Enumerable.Range(0, windows).Select(window => (int)first + (window * windowCount)).Select(start =>
            (Enumerable.Range(0, start).ToArray(), Enumerable.Range(start, windowCount).ToArray()))];
    }

    private static IReadOnlyList<(int[] Train, int[] Test)> Folds(int[][] groups, int folds, ulong seed)
    {
        // Dealt round and round, one group after another, so that all folds have equally many to within one.
        var tests = new List<int>[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            tests[fold] = [];
        }

        int dealt = 0;
        foreach (int sample in groups.SelectMany(group => group))
        {
            tests[dealt++ % folds].Add(sample);
        }

        return [.. Enumerable.Range(0, folds).Select(fold => (
            Mix([.. tests.Where((_, other) => other != fold).SelectMany(test => test)], seed, (ulong)fold + 1),
            tests[fold].ToArray()))];
    }

    private static int[] Mix(List<int> samples, ulong seed, ulong part)
    {
        int[] mixed = [.. samples];
        new CounterRandom(seed, Stream + part).Shuffle(mixed.AsSpan());
        return mixed;
    }

    private static int TestCount(int count, double testShare)
    {
        if (!(testShare > 0 && testShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), $"Splits: expected a share between 0 and 1, got {testShare}.");
        }

        int test = Math.Max(1, (int)Math.Floor((count * testShare) + 0.5));
        return test < count
            ? test
            : throw new ArgumentOutOfRangeException(nameof(testShare), $"Splits: expected samples in both parts, got {count} with a test share of {testShare}.");
    }

    private static void CheckFolds(int count, int folds)
    {
        if (folds < 2 || folds > count)
        {
            throw new ArgumentOutOfRangeException(nameof(folds), $"Splits: expected from 2 to {count} folds, one a sample, got {folds}.");
        }
    }

    /// <summary>The samples of each class in random order.</summary>
    private static int[][] Members(Tensor<float> classes, int atLeast, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int count = classes.Shape.Rank == 0 ? 0 : classes.Shape[0];
        int columns = count == 0 ? 1 : classes.Length / count;
        ReadOnlySpan<float> values = ((Tensor<float>)classes.Contiguous()).Span;
        var members = new SortedDictionary<int, List<int>>();
        foreach (int sample in Permutation(count, seed))
        {
            ReadOnlySpan<float> row = values.Slice(sample * columns, columns);
            int index = columns > 1 ? IndexOfMaximum(row) : (int)row[0];
            if (columns == 1 && (index != row[0] || index < 0))
            {
                throw new ArgumentException($"Splits: expected class indices or one-hot rows, got {row[0]} at sample {sample}.", nameof(classes));
            }

            if (!members.TryGetValue(index, out List<int>? member))
            {
                members[index] = member = [];
            }

            member.Add(sample);
        }

        foreach ((int index, List<int> member) in members)
        {
            if (member.Count < atLeast)
            {
                throw new ArgumentException($"Splits: expected at least {atLeast} samples of every class, got {member.Count} of class {index}; merge classes or take fewer folds.", nameof(classes));
            }
        }

        return [.. members.Values.Select(member => member.ToArray())];
    }

    private static int IndexOfMaximum(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }
}
