extension Example {
  /// Every task of the array does a shard; the first one submits the job that merges them.
  static let slurmText = """
    #!/bin/bash
    # A study on a cluster with Slurm: each task of a job array does a part of the plan, and a job
    # that depends on the array puts the parts together.
    #
    #   sbatch study.sbatch plan.yaml results/study
    #   sbatch --array=1-40 study.sbatch plan.yaml results/study      # in 40 parts
    #
    # The parts go to results/study/shards, which all nodes must see under that path. What is cut off
    # (time limit, node failure) goes on where it was: submit again, with as many parts. Of a single
    # part, and the merging by hand:
    #
    #   SHARDS=40 sbatch --array=7 study.sbatch plan.yaml results/study
    #   avpfsim merge results/study/shards -o results/study
    #
    # Any option of sbatch on its command line overrides the lines below. AVPFSIM names the program
    # where it is not on PATH.
    #SBATCH --job-name=avpfsim
    #SBATCH --array=1-4
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=1
    #SBATCH --mem=500M
    #SBATCH --time=12:00:00
    #SBATCH --output=avpfsim-%A-%a.log
    set -euo pipefail

    if [ $# -ne 2 ]; then
      echo "usage: sbatch study.sbatch PLAN FOLDER" >&2
      exit 2
    fi
    export AVPFSIM=${AVPFSIM:-avpfsim} FOLDER=$2
    plan=$1
    shards=${SHARDS:-$SLURM_ARRAY_TASK_MAX}

    # Once for the whole array, and not again when Slurm starts the task anew. A part that fails lets the
    # merging be called off rather than wait for ever.
    if [ -z "${SHARDS:-}" ] && [ "$SLURM_ARRAY_TASK_ID" = "$SLURM_ARRAY_TASK_MIN" ] \\
      && [ "${SLURM_RESTART_COUNT:-0}" = 0 ]; then
      sbatch --dependency="afterok:$SLURM_ARRAY_JOB_ID" --kill-on-invalid-dep=yes \\
        --job-name=avpfsim-merge --ntasks=1 --mem=2G --output=avpfsim-%j-merge.log \\
        --wrap 'exec "$AVPFSIM" merge "$FOLDER/shards" -o "$FOLDER"' \\
        || echo "The merging could not be submitted from this node: do it by hand, see above." >&2
    fi

    exec "$AVPFSIM" suite "$plan" -o "$FOLDER/shards" --resume \\
      --shard "$SLURM_ARRAY_TASK_ID/$shards" --jobs "${SLURM_CPUS_PER_TASK:-1}"

    """
}
