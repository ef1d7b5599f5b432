using Toolkit.Numerics;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.NonMaxSuppression;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Of boxes that overlap, the one with the best score; of equal scores the first box.</summary>
internal static class NonMaxSuppressionOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => new Kernel(op);

    // Best first.
    private readonly struct ByScore(Tensor<float> scores, int start) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            int order = scores.Span[start + y].CompareTo(scores.Span[start + x]);
            return order != 0 ? order : x.CompareTo(y);
        }
    }

    private readonly record struct Box(float Left, float Top, float Right, float Bottom)
    {
        private float Area => (Right - Left) * (Bottom - Top);

        public static Box Of(ReadOnlySpan<float> numbers, bool isCenter) => isCenter
            ? new Box(numbers[0] - (numbers[2] / 2), numbers[1] - (numbers[3] / 2), numbers[0] + (numbers[2] / 2), numbers[1] + (numbers[3] / 2))
            : new Box(Math.Min(numbers[1], numbers[3]), Math.Min(numbers[0], numbers[2]), Math.Max(numbers[1], numbers[3]), Math.Max(numbers[0], numbers[2]));

        public bool Overlaps(Box other, float threshold)
        {
            float width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
            float height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
            if (!(width > 0 && height > 0))
            {
                return false;
            }

            float intersection = width * height;
            return intersection / (Area + other.Area - intersection) > threshold;
        }
    }

    private sealed class Kernel(Record op) : OperatorKernel
    {
        public override SymbolicShape[]? FindShapes(ReadOnlySpan<Tensor?> inputs) => [new SymbolicShape(Select(inputs, []), 3)];

        public override void Run(in KernelArguments arguments)
        {
            Tensor?[] inputs = new Tensor?[arguments.InputCount];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = arguments.HasInput(i) ? arguments.InputTensor(i) : null;
            }

            Select(inputs, arguments.Output<long>(0));
        }

        // The number of boxes that stay; they are written where there is room.
        private int Select(ReadOnlySpan<Tensor?> inputs, Span<long> result)
        {
            ReadOnlySpan<float> boxes = ((Tensor<float>)inputs[0]!).Span;
            var scores = (Tensor<float>)inputs[1]!;
            (int batch, int classes, int count) = (scores.Shape[0], scores.Shape[1], scores.Shape[2]);
            long most = inputs.Length > 2 && inputs[2] is Tensor<long> limit ? Math.Min(limit.Span[0], count) : 0;
            float overlap = inputs.Length > 3 && inputs[3] is Tensor<float> threshold ? threshold.Span[0] : 0;
            float? least = inputs.Length > 4 && inputs[4] is Tensor<float> given ? given.Span[0] : null;
            int selected = 0;
            WorkLimits.RequireScratch((count + Math.Max(most, 0)) * sizeof(int));
            var order = new int[count];
            var kept = new int[Math.Max(most, 0)];
            for (int i = 0; i < batch * classes && most > 0; i++)
            {
                int candidates = 0;
                for (int box = 0; box < count; box++)
                {
                    if (least is null || scores.Span[(i * count) + box] > least)
                    {
                        order[candidates++] = box;
                    }
                }

                order.AsSpan(0, candidates).Sort(new ByScore(scores, i * count));
                ReadOnlySpan<float> own = boxes.Slice(i / classes * count * 4, count * 4);
                int keptCount = 0;
                for (int k = 0; k < candidates && keptCount < most; k++)
                {
                    WorkLimits.Poll();
                    if (IsSuppressed(own, order[k], kept.AsSpan(0, keptCount), overlap))
                    {
                        continue;
                    }

                    kept[keptCount++] = order[k];
                    if (result.Length >= 3 * (selected + 1))
                    {
                        result[3 * selected] = i / classes;
                        result[(3 * selected) + 1] = i % classes;
                        result[(3 * selected) + 2] = order[k];
                    }

                    selected++;
                }
            }

            return selected;
        }

        private bool IsSuppressed(ReadOnlySpan<float> boxes, int candidate, ReadOnlySpan<int> kept, float threshold)
        {
            Box box = Box.Of(boxes.Slice(4 * candidate, 4), op.CenterPointBox);
            foreach (int better in kept)
            {
                if (Box.Of(boxes.Slice(4 * better, 4), op.CenterPointBox).Overlaps(box, threshold))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
