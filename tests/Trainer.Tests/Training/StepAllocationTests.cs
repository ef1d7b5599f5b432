using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Trainer.Tests.Training;

public class StepAllocationTests
{
    private const int Steps = 12;

    public static TheoryData<string, int, bool?> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, bool?>();

            // A step of L-BFGS computes the loss at points that it chooses: it is not a replay.
            foreach (Recipe recipe in RandomBatches.Recipes.Where(recipe => !recipe.Build(1).Optimizer.NeedsClosure))
            {
                cases.Add(recipe.Name, 1, null);
                cases.Add(recipe.Name, 2, null);
                cases.Add(recipe.Name, 1, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_of_a_recipe_with_its_augmentation_allocates_nothing_on_any_thread(string name, int threads, bool? prefetch)
    {
        Recipe recipe = RecipeTable.Get(name);
        Model model = recipe.Build(1);
        model.Threads = threads;
        const int BatchSize = 16;
        TrainingData data = RandomBatches.Of(model, BatchSize * Steps);
        var allocated = new long[2 * Steps];
        int count = 0;
        long mark = 0;
        var meter = new LambdaCallback
        {
            BatchEnd = (run, step) =>
            {
                // An epoch's begin and end may allocate; its first step ends both.
                allocated[count++] = step == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - mark;
                mark = GC.GetAllocatedBytesForCurrentThread();
            },
        };
        FitOptions options = RandomBatches.Options(recipe, 2, BatchSize, prefetch);
        Meter? augmentation = options.Augmentation is { } transform ? new Meter(transform) : null;

        model.Fit(data, options with { Augmentation = augmentation, Callbacks = [.. options.Callbacks, meter] });

        Assert.Equal(2 * Steps, count);

        // Once warm. Collections, which other tests cause, empty the pools of buffers that augmentation takes from: a step may fill one again.
        Assert.InRange(allocated[(Steps / 2)..].Count(bytes => bytes != 0), 0, augmentation is null ? 1 : 4);
        Assert.InRange(augmentation?.CallsThatAllocated ?? 0, 0, Steps * BatchSize / 10);
        Assert.True(augmentation is null || augmentation.Calls == 2 * Steps * BatchSize);
    }

    /// <summary>Counts the samples whose transform allocates, on whichever thread.</summary>
    private sealed class Meter(SampleTransform inner) : SampleTransform
    {
        private int _calls;
        private int _callsThatAllocated;

        public int Calls => _calls;

        public int CallsThatAllocated => _callsThatAllocated;

        public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            inner.Apply(source, destination, sample, random);
            Interlocked.Increment(ref _calls);
            if (GC.GetAllocatedBytesForCurrentThread() != before)
            {
                Interlocked.Increment(ref _callsThatAllocated);
            }
        }
    }
}
